package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What {@code compress=zstd-stream} puts on the wire, read by the reference implementation. */
class ZstdStreamTest {

    @Test
    void isReadByZstandardMessageForMessage() throws Exception {
        ZstdStream stream = new ZstdStream();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (String message : new String[] {"{\"op\":10}", "ä".repeat(200_000), "", "{\"op\":11}"}) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            sent.writeBytes(bytes);
            wire.writeBytes(stream.compress(bytes));

            // the frame never ends: what has come so far must be readable all the same
            try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(wire.toByteArray()))) {
                assertThat(in.setContinuous(true).readNBytes(sent.size())).isEqualTo(sent.toByteArray());
            }
        }
    }
}
