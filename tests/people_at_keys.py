"""Somebody who uses a page by keys alone."""

from collections.abc import Callable
from typing import Any

from services import PATIENCE


class Person:
    """Uses the page by keys alone, and knows only what has focus and what is announced."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def until(self, is_so: Callable[[], Any]) -> Any:
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, PATIENCE).until(lambda _: is_so())

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def hold(self, modifier: str, key: str, times: int = 1) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).key_down(modifier).send_keys(*[key] * times).key_up(modifier).perform()

    @property
    def focused(self) -> str:
        """What a screen reader says of what has focus; nothing where nothing has it."""
        name = "const one = document.activeElement; if (one === document.body) return ''; "
        name += "return one.getAttribute('aria-label') || one.textContent"
        return str(self.driver.execute_script(name))

    def tab_to(self, name: str, *, back: bool = False, is_exact: bool = False) -> None:
        """Go on with Tab until what has focus has this in its name, or begins with it."""
        from selenium.webdriver.common.keys import Keys

        seen = []
        for _ in range(80):
            if back:
                self.hold(Keys.SHIFT, Keys.TAB)
            else:
                self.press(Keys.TAB)
            seen.append(self.focused)
            if seen[-1].startswith(name) if is_exact else name in seen[-1]:
                return
        raise AssertionError((name, seen))

    def text(self, selector: str) -> str:
        return str(self.driver.execute_script("return document.querySelector(arguments[0]).textContent", selector))

    def ready(self) -> None:
        self.until(lambda: self.driver.execute_script("return document.documentElement.dataset.ready"))
        self.until(lambda: self.driver.execute_script("return document.querySelector('[data-looked=yes]') !== null"))
