package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged demo, connected and with nothing going on, and a browser to look at it: the same for all tests of a class. */
final class DemoInBrowser implements BeforeAllCallback, AfterAllCallback {

    private @Nullable Chromium chromium;
    private @Nullable RunningService demo;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        chromium = Chromium.start();
        String port = Integer.toString(FreePort.find());
        demo = RunningService.start(Map.of(), "demo", "--scenario", "calm", "--port", port);
        demo.awaitConnected();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    Browser browser() {
        return Objects.requireNonNull(chromium).browser();
    }

    /** An address of the demo's service. */
    URI address(String path) {
        return Objects.requireNonNull(demo).address(path);
    }

    /** The answer to {@code GET path}; a JSON null while nobody answers. */
    JsonNode get(String path) {
        return Objects.requireNonNull(demo).get(path);
    }

    /** A new tab with the page at this path. */
    StatusTab open(String path, ColorScheme theme, int width, int height) {
        return StatusTab.open(browser(), address(path), theme, width, height);
    }
}
