// A line of a menu that copies a link to what the page shows.
import { Menu } from "@base-ui/react/menu";
import { copy } from "$/public/ops_copy";

/** Copies the address of this page with nothing but `name=value` behind it; `onCopied` hears whether it went well. */
export function CopyLinkItem({ name, value, onCopied, className, children }) {
  const link = () => `${window.location.origin}${window.location.pathname}?${new URLSearchParams({ [name]: value })}`;
  return (
    <Menu.Item className={className} onClick={async () => onCopied?.(await copy(link()))}>
      {children}
    </Menu.Item>
  );
}
