// The code of a slip comes in the fragment of the scanned address, which is never sent to any server.
const code = decodeURIComponent(location.hash.slice(1));
const form = document.querySelector("form[data-slip]");
if (form && /^[0-9A-Za-z-]{16,24}$/.test(code)) {
  form.querySelector("[name=code]").value = code;
  form.querySelector("[name=password1]").focus();
  history.replaceState(null, "", location.pathname);
}
