import time
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser

MODIFIERS = {"Alt": (1, 18), "Control": (2, 17), "Shift": (8, 16)}
NAMED = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, " ": 32}
PATIENCE = 30


class Keyboard:
    """Presses real keys in Chromium, past the page's scripts, and counts them. It has no mouse.

    :ivar shortcuts: chords and single named keys that were pressed
    :ivar letters: letters that were typed
    """

    def __init__(self, browser):
        self._browser = browser
        self.shortcuts = 0
        self.letters = 0

    def _send(self, kind, key, code, **more):
        params = {"type": kind, "key": key, "windowsVirtualKeyCode": code, **more}
        self._browser._websocket_request("Input.dispatchKeyEvent", params=params)

    def press(self, chord):
        """Press keys together, such as ``Alt+D``."""
        *held, key = chord.split("+")
        modifiers = sum(MODIFIERS[name][0] for name in held)
        code = NAMED.get(key) or ord(key.upper())
        for name in held:
            self._send("rawKeyDown", name, MODIFIERS[name][1], modifiers=modifiers)
        self._send("rawKeyDown", key.lower() if len(key) == 1 else key, code, modifiers=modifiers)
        self._send("keyUp", key.lower() if len(key) == 1 else key, code, modifiers=modifiers)
        for name in reversed(held):
            self._send("keyUp", name, MODIFIERS[name][1])
        self.shortcuts += 1

    def type(self, text):
        """Type into whatever has the focus."""
        for letter in text:
            self._send("keyDown", letter, ord(letter.upper()), text=letter)
            self._send("keyUp", letter, ord(letter.upper()))
            self.letters += 1

    def ask(self, expression):
        """Value of a JavaScript expression on the page."""
        answer = self._browser._websocket_request(
            "Runtime.evaluate", params={"expression": expression, "returnByValue": True}
        )
        return answer["result"].get("value")

    def wait_for(self, expression):
        """Wait until an expression is true on the page; :raises AssertionError: if it never is."""
        deadline = time.monotonic() + PATIENCE
        while not self.ask(f"!!({expression})"):
            if self._browser.had_failure or time.monotonic() > deadline:
                self._browser.take_screenshot(prefix="sc_keyboard_").result(10)
                raise AssertionError(f"never true: {expression}")
            time.sleep(0.02)


class KeyboardMixin:
    """Opens a page and hands its keyboard to a function; an error on the page fails the test."""

    def with_keyboard(self, url, login, work):
        """
        :param work: called with the :class:`Keyboard` when the web client is there
        """

        def drive(browser, _code, _timeout, error_checker=None):
            work(Keyboard(browser))
            self.assertFalse(browser.had_failure, "an error on the page")

        ready = "!!document.querySelector('.o_action_manager .o_view_controller')"
        with patch.object(ChromeBrowser, "_wait_code_ok", drive):
            self.browser_js(url, "", ready=ready, login=login)
