// What is chosen on the page stands in its address, so that a link shows a colleague the same.
import { useEffect } from "react";

/** Keeps `query` ({name: value}) in the address; a name whose value is empty is left out. Adds no history. */
export function UrlQuery({ query }) {
  useEffect(() => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(query)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
  }, [query]);
  return null;
}
