package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A tab that shows the status page, and remembers everything it should not have done. */
final class StatusTab implements AutoCloseable {

    /** How long anything on the page may take on a machine that has other things to do. */
    static final double PATIENCE_MILLIS = 60_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> strangers = new CopyOnWriteArrayList<>();

    private StatusTab(BrowserContext context) {
        this.context = context;
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
    }

    /** Opens the page of a running service. */
    static StatusTab open(Browser browser, URI address, ColorScheme theme, int width, int height) {
        return open(browser, address, theme, width, height, page -> {});
    }

    /** The same, prepared before anything is asked for. */
    static StatusTab open(
            Browser browser, URI address, ColorScheme theme, int width, int height, Consumer<Page> preparation) {
        StatusTab tab = new StatusTab(browser.newContext(new Browser.NewContextOptions()
                .setColorScheme(theme)
                .setViewportSize(width, height)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")));
        tab.watch(address);
        preparation.accept(tab.page);
        tab.page.navigate(address.toString());
        return tab;
    }

    private void watch(URI address) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            URI asked = URI.create(request.url());
            if (!"data".equals(asked.getScheme()) && !asked.getAuthority().equals(address.getAuthority())) {
                strangers.add(request.url());
            }
        });
        page.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " (e) => console.error(`policy ${e.violatedDirective} ${e.blockedURI}`));");
    }

    Page page() {
        return page;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    /** Waits until an element reads like this, and gives what it reads. */
    String await(String selector, String pattern) {
        Locator found = page.locator(selector)
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile(pattern)))
                .first();
        found.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        return found.innerText();
    }

    /** Waits for the state the page vouches for: ok, busy, down or unknown. */
    void awaitState(String state) {
        page.waitForSelector(
                "#hero[data-state='" + state + "']", new Page.WaitForSelectorOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** Saves what it looks like under target/screenshots. */
    void shoot(String name, boolean whole) {
        shoot(Path.of("target", "screenshots", name + ".png"), whole);
    }

    void shoot(Path file, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(whole));
    }

    /** Nothing was asked of another origin, and nothing was complained of in the console. */
    void assertWellBehaved() {
        assertThat(strangers).as("requests that left the origin").isEmpty();
        assertThat(complaints).as("complaints in the console").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
