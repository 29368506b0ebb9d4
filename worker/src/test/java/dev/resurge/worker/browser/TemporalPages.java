package dev.resurge.worker.browser;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Temporal's UI as a person uses it, of the version that the lab's server has (2.42). What is found
 * by a test id is what Temporal's own tests find by it.
 */
public final class TemporalPages {
  private static final String EDITOR = ".cm-content";

  private final Page page;
  private final String workflows;

  /**
   * @param at where that Temporal's pages are
   */
  public TemporalPages(Page page, URI at) {
    this.page = page;
    this.workflows = at + "/namespaces/default/workflows";
  }

  /** What the screen shows. */
  public Page page() {
    return page;
  }

  /** Opens the form that starts a workflow, filled by its address; the payload is typed. */
  public void startForm(String type, String workflowId, String taskQueue, String payload) {
    page.navigate(
        address(
            "/start-workflow",
            Map.of("workflowType", type, "workflowId", workflowId, "taskQueue", taskQueue)));
    page.getByText("Task Queue is Active").waitFor();
    // the last run of that id gives its payload, and opens the options if it had attributes
    page.waitForLoadState(LoadState.NETWORKIDLE);
    type(page.locator(EDITOR).first(), payload);
  }

  /** Presses the form's button and waits until Temporal has taken it. */
  public void start() {
    // not a click: when the editor loses the focus it lays the JSON out, and the button moves away
    page.waitForResponse(
        answer -> answer.request().method().equals("POST") && answer.ok(),
        () -> page.getByTestId("start-workflow-button").press("Enter"));
  }

  /** Opens the newest run of that id. */
  public void run(String workflowId) {
    page.navigate(workflows + "/" + encoded(workflowId));
    tab("history").waitFor();
  }

  /** Opens a tab of the run: {@code history}, {@code user-metadata}, {@code search-attributes}. */
  public void open(String tab) {
    tab(tab).click();
  }

  private Locator tab(String name) {
    return page.getByTestId(name + "-tab");
  }

  /** The details that the run gives of itself, as they are shown. */
  public FrameLocator currentDetails() {
    return detailsFrame().contentFrame();
  }

  /** The part of the page that shows them. */
  public Locator detailsFrame() {
    return page.locator("iframe[src*='render']").last();
  }

  /** The dialog that sends a run an {@code Update} or a {@code Signal}, opened and filled. */
  public Locator dialog(String kind, String name, String payload) {
    button("More Actions").click();
    var words = kind.equals("Update") ? "Send an Update" : "Send a Signal";
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(words)).click();
    var prefix = kind.toLowerCase(Locale.ROOT);
    var dialog = shown(page.getByTestId(prefix + "-confirmation-modal"));
    dialog.getByTestId(prefix + "-select-button").click();
    shown(page.getByRole(AriaRole.OPTION))
        .filter(new Locator.FilterOptions().setHasText(name))
        .first()
        .click();
    type(dialog.locator(EDITOR), payload);
    return dialog;
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** Some things are on the page twice: once for when it is scrolled. */
  private static Locator shown(Locator twice) {
    return twice.filter(new Locator.FilterOptions().setVisible(true));
  }

  /** Sends what the dialog holds. */
  public void submit(Locator dialog) {
    dialog.getByTestId("confirm-modal-button").press("Enter");
  }

  /** Opens the list of what fits the query. */
  public void list(String query) {
    page.navigate(address("", Map.of("query", query)));
  }

  /** What is listed, a line for each run. */
  public Locator listed() {
    return page.getByTestId("workflows-summary-configurable-table-row");
  }

  /** Narrows the list by its own means. */
  public void addFilter(String attribute, String value) {
    page.getByTestId("add-filter-button").click();
    page.getByTestId("filter-search").fill(attribute);
    shown(page.getByRole(AriaRole.MENUITEM))
        .filter(new Locator.FilterOptions().setHasText(attribute))
        .first()
        .click();
    shown(page.getByPlaceholder("Enter value...")).fill(value);
    shown(page.getByTestId("apply-filter-button")).click();
  }

  private void type(Locator editor, String payload) {
    editor.click();
    page.keyboard().press("ControlOrMeta+a");
    page.keyboard().insertText(payload);
  }

  private String address(String path, Map<String, String> parameters) {
    return workflows
        + path
        + "?"
        + parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + encoded(p.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
