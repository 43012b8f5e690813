"""Work that is interrupted in a browser: a session that ends meanwhile, a line that breaks in the middle of a file."""

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from prytany.accounts.tests.world import PASSWORD
from prytany.files.models import Blob, StoredFile
from prytany.work.models import Task
from prytany.work.tests.test_loop import issued, part_of


def sign_out_elsewhere(page):
    """Sign out in another tab of the same browser."""
    other = page.context.new_page()
    other.goto(reverse("account_logout"))
    other.locator("main button[type=submit]").click()
    other.wait_for_load_state()
    other.close()


def sign_in_again(page, username):
    """Follow the dialog into its new tab, sign in there and come back."""
    dialog = page.locator("#signed-out")
    expect(dialog).to_be_visible()
    with page.context.expect_page() as opened:
        dialog.locator("a[target]").click()
    other = opened.value
    other.fill("[name=login]", username)
    other.fill("[name=password]", PASSWORD)
    other.press("[name=password]", "Enter")
    expect(other).not_to_have_url(re.compile("/sign-in/"))
    other.close()
    if dialog.is_visible():
        dialog.locator("[data-close]").first.click()


def test_answer_stays_while_the_session_ends_and_goes_out_after_signing_in_again(page_as, world):
    part = part_of(issued(world), world.home)
    page = page_as("home_head", language="en")
    page.expected = ["401"]
    page.goto(reverse("work:answer", args=[part.uid]))
    page.check("[name=choice][value=progress]")
    page.fill("[name=text]", "Đã rà soát một nửa số hồ sơ")
    sign_out_elsewhere(page)
    page.locator("button[form=answer]").click()
    sign_in_again(page, "home_head")
    assert page.input_value("[name=text]") == "Đã rà soát một nửa số hồ sơ"
    page.locator("button[form=answer]").click()
    page.wait_for_url(lambda url: "answer" not in url)
    assert part.events.order_by("pk").last().text == "Đã rà soát một nửa số hồ sơ"


def test_task_form_stays_while_the_session_ends_and_is_kept_after_signing_in_again(page_as, world):
    page = page_as("specialist", language="en")
    page.expected = ["401"]
    page.goto(reverse("work:new"))
    page.fill("[name=content]", "Lập danh mục hồ sơ lưu trữ")
    sign_out_elsewhere(page)
    page.locator("main form.form-page button[type=submit]").first.click()
    sign_in_again(page, "specialist")
    assert page.input_value("[name=content]") == "Lập danh mục hồ sơ lưu trữ"
    with page.expect_navigation():
        page.locator("main form.form-page button[type=submit]").first.click()
    assert Task.objects.get().content == "Lập danh mục hồ sơ lưu trữ"


def test_what_was_typed_is_offered_in_a_page_opened_after_signing_in_again(page_as, world):
    page = page_as("specialist", language="en")
    page.goto(reverse("work:new"))
    page.wait_for_load_state("networkidle")
    with page.expect_response("**/drafts/"):
        page.fill("[name=content]", "Lập danh mục hồ sơ lưu trữ")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(reverse("work:new"))
    page.fill("[name=login]", "specialist")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.locator("[data-use]").click()
    assert page.input_value("[name=content]") == "Lập danh mục hồ sơ lưu trữ"


def left(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


def test_line_that_breaks_while_a_file_is_sent_is_told_and_leaves_nothing(page_as, world):
    page = page_as("specialist", language="en")
    page.expected = ["ERR_", "sendError", "htmx:afterR"]
    page.goto(reverse("intake:new"))
    page.route("**/files/**", lambda route: route.abort("connectionreset"))
    page.set_input_files("input[type=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 100_000})
    expect(page.locator("#line-lost")).to_be_visible()
    assert (StoredFile.objects.count(), Blob.objects.count()) == (0, 0)
    page.unroute("**/files/**")


def test_half_a_file_that_reaches_the_server_is_not_kept(page_as, world, live_server):
    page = page_as("specialist", language="en")
    page.goto(reverse("intake:new"))
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    before = left(settings.FILES_DIR)
    address = urlsplit(live_server.url)
    head = (
        '--cut\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        f"{cookies[settings.CSRF_COOKIE_NAME]}\r\n"
        '--cut\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    request = (
        f"POST {reverse('files:upload')} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}\r\n"
        f"X-CSRFToken: {cookies[settings.CSRF_COOKIE_NAME]}\r\n"
        "Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 5000000\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall((request + head).encode() + b"x" * 200_000)
    time.sleep(1)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    assert (StoredFile.objects.count(), Blob.objects.count()) == (0, 0)
    assert left(settings.FILES_DIR) == before
