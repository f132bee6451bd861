// A line of a menu that copies a link to what the page shows.
import { Menu } from "@base-ui/react/menu";

/** Without a secure context there is no clipboard to write to: then the old way, by a selection, is tried. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

/** Copies the address of this page with nothing but `name=value` behind it; `onCopied` hears whether it went well. */
export function CopyLinkItem({ name, value, onCopied, className, children }) {
  const link = () => `${window.location.origin}${window.location.pathname}?${new URLSearchParams({ [name]: value })}`;
  return (
    <Menu.Item className={className} onClick={async () => onCopied?.(await copy(link()))}>
      {children}
    </Menu.Item>
  );
}
