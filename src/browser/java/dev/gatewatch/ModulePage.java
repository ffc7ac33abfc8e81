package dev.gatewatch;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The status page's modules, as they are, to be imported on an empty page of a real browser. */
final class ModulePage implements AutoCloseable {

    private static final String ORIGIN = "http://page.test/";
    private static final Path SOURCES = Path.of("src", "main", "resources", "web", "app");

    private final Chromium chromium;
    private final Page page;

    private ModulePage(Chromium chromium) {
        this.chromium = chromium;
        this.page = chromium.browser()
                .newContext(new Browser.NewContextOptions().setTimezoneId("UTC"))
                .newPage();
    }

    /** Opens it, in UTC. */
    static ModulePage open() {
        ModulePage opened = new ModulePage(Chromium.start());
        opened.page.route(ORIGIN + "**", ModulePage::serve);
        opened.page.navigate(ORIGIN);
        return opened;
    }

    /** Where a module's address is its file's name. */
    Page page() {
        return page;
    }

    @Override
    public void close() {
        chromium.close();
    }

    private static void serve(Route route) {
        String path = route.request().url().replace(ORIGIN, "");
        try {
            boolean module = path.endsWith(".js");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType(module ? "text/javascript" : "text/html")
                    .setBody(
                            module
                                    ? Files.readString(SOURCES.resolve(path))
                                    : "<!doctype html><title>modules</title>"));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
