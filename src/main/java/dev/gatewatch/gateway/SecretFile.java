package dev.gatewatch.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a small file that holds one secret, as container platforms mount them; says what is wrong with a file that does not. */
public final class SecretFile {

    private static final int LARGEST = 64 << 10;

    private SecretFile() {}

    /**
     * Its text, which is not empty.
     *
     * @param what what it should hold, for messages: "the bot token"
     * @throws IllegalArgumentException when there is none; the message says what is expected and what to do, without the content
     */
    public static String read(Path file, String what) {
        String expected = "a file that holds " + what;
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    expected + "; this is a directory: name the file in it. Docker makes a directory"
                            + " where the file to mount does not exist");
        }
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(expected + "; there is no such file", e);
        } catch (IOException | SecurityException e) {
            throw new IllegalArgumentException(
                    expected + " and can be read by this process's user; this one cannot", e);
        }
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(expected + " and nothing else; this one is longer than 64 KB");
        }
        String text = decode(bytes, expected);
        if (TokenText.clean(text).isEmpty()) {
            throw new IllegalArgumentException(expected + "; this one is empty");
        }
        return text;
    }

    private static String decode(byte[] bytes, String expected) {
        if (isUtf16(bytes)) {
            throw new IllegalArgumentException(
                    expected + " in UTF-8; this one is in UTF-16, as PowerShell's > writes it:"
                            + " save it as UTF-8, for example with Set-Content -Encoding ascii");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\uFEFF", ""); // a byte order mark
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(expected + " as text in UTF-8; this one is not text", e);
        }
    }

    /** By its byte order mark, or, without one, by the zeros between Latin letters. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        return mark == 0xfffe || mark == 0xfeff || bytes[0] == 0 || bytes[1] == 0;
    }
}
