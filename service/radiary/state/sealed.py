"""Small private files, sealed with a key made of the pseudonyms' key: no search, backup or index reads them in passing."""

import hmac


class Seal:
    """AES-GCM with a key for one `purpose`: nonce and tag of 16 bytes each, then the content."""

    def __init__(self, key: bytes, purpose: bytes) -> None:
        self._key = hmac.digest(key, purpose, "sha256")

    def closed(self, content: bytes) -> bytes:
        """The content, sealed."""
        from Cryptodome.Cipher import AES  # here and below: a command that opens nothing does without

        cipher = AES.new(self._key, AES.MODE_GCM)
        sealed, tag = cipher.encrypt_and_digest(content)
        return bytes(cipher.nonce) + tag + sealed

    def opened(self, sealed: bytes) -> bytes:
        """What was sealed. Raises ValueError for another key or a damaged file."""
        from Cryptodome.Cipher import AES

        return AES.new(self._key, AES.MODE_GCM, nonce=sealed[:16]).decrypt_and_verify(sealed[32:], sealed[16:32])
