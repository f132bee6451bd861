// The component under test with whatever the test hands it, as the server would.
import { createRoot } from "react-dom/client";
import { Interruption } from "$/public/ops_alerts";
import { choose } from "$/public/ops_alert_choices";
import { sound } from "$/public/ops_sound";
import { tellTab } from "$/public/ops_tab";

const root = createRoot(document.getElementById("root"));
const calm = { interruption: {}, counts: {}, blind: false, sentence: "", serverNow: 0 };
let props = calm;

window.heard = [];
for (const kind of ["ops:sound", "ops:notification"]) {
  window.addEventListener(kind, ({ type, detail }) => window.heard.push([type, detail.severity]));
}
window.settled = [];
window.addEventListener("ops:interruption", ({ detail }) => window.settled.push(detail.id));
window.show = (changes) => {
  props = { ...props, ...changes };
  root.render(<Interruption {...props} />);
};
window.leave = () => root.render(null);
Object.assign(window, { choose, sound, tellTab });
tellTab({ title: "Operations", lost: false });
window.show({});
