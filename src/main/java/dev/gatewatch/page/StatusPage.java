package dev.gatewatch.page;

import io.quarkus.qute.Template;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The page's HTML, rendered once at the start: it names the bundled script and style by their content's hash. */
@Singleton
public class StatusPage {

    private static final int TAG_BYTES = 12;

    private final Template page;
    private final FaultDesk desk;
    private final String version;

    private volatile byte[] html = new byte[0];
    private volatile EntityTag tag = new EntityTag("none");

    StatusPage(Template page, FaultDesk desk, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.page = page;
        this.desk = desk;
        this.version = version;
    }

    /** The document, UTF-8. */
    byte[] html() {
        return html;
    }

    /** Changes when the document does, and with it whatever it refers to. */
    EntityTag tag() {
        return tag;
    }

    void render(@Observes StartupEvent event) {
        html = page.data("demo", desk.isOpen(), "version", version).render().getBytes(StandardCharsets.UTF_8);
        tag = new EntityTag(HexFormat.of().formatHex(digest(html), 0, TAG_BYTES));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
