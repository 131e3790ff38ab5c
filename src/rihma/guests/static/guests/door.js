// The secret stands behind the # of the address, where no server sees it: it goes along only when somebody joins.

const secret = location.hash.slice(1);
const field = document.querySelector("input[name=secret]");

if (field instanceof HTMLInputElement && (secret || field.value)) {
  field.value = secret || field.value;
  const code = document.querySelector("input[name=code]")?.closest(".ds-field");
  code?.setAttribute("hidden", "");
}
