"""The operations page in a browser that Selenium drives: its parts by their names, and the errors it shows."""

from collections.abc import Callable
from typing import Any, TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

T = TypeVar("T")
_PATIENCE_SECONDS = 30

_WATCH = """
if (window.noted) return;
window.noted = [];
const note = (text) => noted.push(String(text));
addEventListener("error", ({ message }) => note(message));
addEventListener("unhandledrejection", ({ reason }) => note(reason));
addEventListener("securitypolicyviolation", (refused) => note(`${refused.violatedDirective} ${refused.blockedURI}`));
const print = console.error;
console.error = (...words) => { note(words.join(" ")); print(...words); };
"""
_IS_LIVE = """
return document.documentElement.dataset.feed === "live" && !document.querySelector("[data-later]")
    && document.querySelector("[data-figure][data-display=value]") !== null;
"""


def region(name: str) -> str:
    """XPath of a part of the page by its title."""
    return f"//section[@aria-label='{name}']"


def dialog(name: str) -> str:
    """XPath of an open dialog, sheet or popover by its title."""
    return f"//*[@role='dialog'][.//h2[normalize-space()='{name}']]"


def named(element: str, name: str) -> str:
    """XPath of an element, as "button" or "*[@role='radio']", by the beginning of its name."""
    return f"//{element}[starts-with(@aria-label, '{name}') or starts-with(normalize-space(), '{name}')]"


class Window:
    """A window of a browser.

    Args:
        driver: Selenium's.
        told: the errors that the browser has written outside of the page.
    """

    def __init__(self, driver: WebDriver, told: Callable[[], list[str]]) -> None:
        self.driver = driver
        self._told = told
        self._noted: list[str] = []

    def open(self, url: str) -> None:
        """Go to a page. What the page before has noted is kept."""
        self._keep()
        self.driver.get(url)
        self.run(_WATCH)

    def open_live(self, url: str) -> None:
        """Go to the operations page, and wait until it shows data of the backend."""
        self.open(url)
        self.until_live()

    def until_live(self) -> None:
        """Wait until the page that is open shows data of the backend, all parts of it."""
        self.until(lambda: self.run(_IS_LIVE), "live data")
        self.run(_WATCH)

    def until(self, condition: Callable[[], T | None], what: str) -> T:
        """The first value of ``condition()`` that counts as true; AssertionError, naming ``what``, without one."""
        wait = WebDriverWait(self.driver, _PATIENCE_SECONDS, 0.1, [StaleElementReferenceException])
        return wait.until(lambda _: condition() or False, f"{what} did not come")

    def run(self, script: str, *args: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *args)

    def all(self, xpath: str) -> list[WebElement]:
        """All elements of an XPath, now."""
        return self.driver.find_elements(By.XPATH, xpath)

    def shown(self, xpath: str) -> WebElement:
        """The first element of an XPath, once it can be seen."""
        return self.until(lambda: next((one for one in self.all(xpath) if one.is_displayed()), None), xpath)

    def gone(self, xpath: str) -> None:
        """Wait until there is no such element."""
        self.until(lambda: not self.all(xpath), f"the end of {xpath}")

    def click(self, xpath: str) -> None:
        """Click on an element, once it can be seen."""
        element = self.shown(xpath)
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def has_focus(self, xpath: str) -> bool:
        """Whether an element has the focus."""
        return self.run("return document.activeElement === arguments[0]", self.shown(xpath))

    def errors(self) -> list[str]:
        """What went wrong in the pages so far: on the console, uncaught, or against the content security policy."""
        self._keep()
        return self._noted + self._told()

    def _keep(self) -> None:
        self._noted += self.run(
            "const all = window.noted ?? []; if (window.noted) window.noted = []; return all"
        )
