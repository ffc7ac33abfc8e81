package dev.gatewatch.page;

import io.quarkiverse.web.bundler.runtime.Bundle;
import io.quarkus.qute.Engine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The page's HTML: it names the bundled script and style by their content's hash. Rendered once, when it is first asked for, and not
 * at the start, where a probe would wait for it.
 */
@Singleton
public class StatusPage {

    private static final String TEMPLATE = "/templates/page.html";
    private static final String ENTRY_POINT = "main"; // what is bundled is named after it

    private static final int TAG_BYTES = 12;

    private final Bundle bundle;
    private final FaultDesk desk;
    private final String version;

    private volatile @Nullable Rendered page;
    private volatile @Nullable Rendered card;

    StatusPage(Bundle bundle, FaultDesk desk, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.bundle = bundle;
        this.desk = desk;
        this.version = version;
    }

    /** The whole page. Two threads that ask first at the same time both render it, to the same effect. */
    Rendered page() {
        Rendered known = page;
        if (known == null) {
            known = render(false);
            page = known;
        }
        return known;
    }

    /** The compact card. */
    Rendered card() {
        Rendered known = card;
        if (known == null) {
            known = render(true);
            card = known;
        }
        return known;
    }

    private Rendered render(boolean embedded) {
        return Rendered.of(Engine.builder()
                .addDefaults()
                .build()
                .parse(template())
                .data("demo", desk.isOpen())
                .data("embedded", embedded)
                .data("version", version)
                .data("script", bundle.script(ENTRY_POINT))
                .data("style", bundle.style(ENTRY_POINT))
                .render());
    }

    private static String template() {
        try (InputStream packaged = StatusPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(Objects.requireNonNull(packaged, TEMPLATE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(TEMPLATE + " cannot be read", e);
        }
    }

    /**
     * A document and its tag.
     *
     * @param html UTF-8
     * @param tag changes when the document does, and with it whatever it refers to
     */
    record Rendered(byte[] html, EntityTag tag) {

        static Rendered of(String document) {
            byte[] html = document.getBytes(StandardCharsets.UTF_8);
            return new Rendered(html, new EntityTag(HexFormat.of().formatHex(digest(html), 0, TAG_BYTES)));
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
