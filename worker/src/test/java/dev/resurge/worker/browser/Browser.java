package dev.resurge.worker.browser;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import com.microsoft.playwright.options.ScreenshotScale;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Debian's Chromium without a window: {@code try (var browser = Browser.start()) {…}}. Nothing is
 * downloaded for it. Whatever is looked for on a page is waited for, and fails after a deadline. To
 * be used by the thread that started it.
 */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Where pictures go: into the documentation if {@code -Dpictures} is given. */
  private static final Path PICTURES =
      System.getProperty("pictures") == null
          ? Path.of("target/pictures")
          : Path.of("../docs/images");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Playwright playwright) {
    this.playwright = playwright;
    this.chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions().setExecutablePath(program()).setChromiumSandbox(sandboxed()));
  }

  /**
   * Starts it.
   *
   * @throws AssertionError that says what to install, if there is none
   */
  public static Browser start() {
    program();
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Browser(playwright);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Path program() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "no program chromium on the PATH; install Debian's package chromium, or start"
                    + " ./resurge test --lab temporal, which does"));
  }

  /** Chromium refuses to run as root within its sandbox; in containers tests often are root. */
  private static boolean sandboxed() {
    return !System.getProperty("user.name").equals("root");
  }

  /** Somebody who has never been here sits down before such a screen. */
  public Page open(Screen screen) {
    var page = chromium.newContext(screen.options()).newPage();
    page.setDefaultTimeout((double) PATIENCE.toMillis());
    return page;
  }

  /** Keeps what the screen shows as {@code NAME.png}. */
  public void picture(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions()
            .setPath(PICTURES.resolve(name + ".png"))
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setScale(ScreenshotScale.CSS)
            .setCaret(ScreenshotCaret.HIDE));
  }

  /** Keeps how a part of a page looks as {@code NAME.png}. */
  public void picture(Locator part, String name) {
    part.screenshot(
        new Locator.ScreenshotOptions()
            .setPath(PICTURES.resolve(name + ".png"))
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setScale(ScreenshotScale.CSS)
            .setCaret(ScreenshotCaret.HIDE));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
