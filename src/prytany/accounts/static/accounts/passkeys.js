// Passkeys: the ceremony that only a browser can hold. A form says in data-passkey what it needs.
const webauthn = window.webauthnJSON;

function note(form, which) {
  for (const one of form.querySelectorAll("[data-passkey-note]")) one.hidden = one.dataset.passkeyNote !== which;
}

function options(form, kind) {
  const data = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  return kind === "create" ? data.creation_options : data.request_options;
}

async function ceremony(form, kind) {
  if (kind === "create") {
    const asked = options(form, kind);
    Object.assign(asked.publicKey.authenticatorSelection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
    return webauthn.create(asked);
  }
  if (kind === "get") return webauthn.get(options(form, kind));
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return webauthn.get((await response.json()).request_options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const kind = form.dataset.passkey;
  const button = form.querySelector("button[type=button]");
  form.hidden = false;
  if (!window.isSecureContext) {
    button.disabled = true;
    note(form, "insecure");
  } else if (!window.PublicKeyCredential) {
    button.disabled = true;
    note(form, "missing");
  }
  button.addEventListener("click", async () => {
    note(form, "");
    button.disabled = true;
    try {
      const credential = await ceremony(form, kind);
      form.querySelector("[name=credential]").value = JSON.stringify(credential);
      const trust = form.querySelector("[data-passkey-trust]");
      if (trust) trust.value = document.getElementById(trust.dataset.passkeyTrust)?.checked ? "on" : "";
      form.submit();
    } catch {
      button.disabled = false;
      note(form, "failed");
    }
  });
}
