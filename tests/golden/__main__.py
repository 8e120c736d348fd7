from pathlib import Path

from golden.kinds import KINDS

for name, make in KINDS.items():
    Path(__file__).with_name(f"{name}.png").write_bytes(make())
