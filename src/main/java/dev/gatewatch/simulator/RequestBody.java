package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The body of a REST request: JSON, or a form with JSON and files.
 *
 * <p>See [Discord Docs/Reference/Uploading Files].
 */
record RequestBody(JsonNode json, List<UploadedFile> files) {

    /** A file of a form; {@code number} is the n of {@code files[n]}. */
    record UploadedFile(String number, String filename, String contentType, long size) {}

    static RequestBody of(HttpCall call) throws IOException {
        if (call.headers().get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("multipart/form-data")) {
            return form(call);
        }
        return new RequestBody(call.body().length == 0 ? Json.object() : call.json(), List.of());
    }

    /** As {@code GET /_sim/interactions} shows it. */
    JsonNode view() {
        if (files.isEmpty() || !json.isObject()) {
            return json;
        }
        ObjectNode view = json.deepCopy();
        var names = view.putArray("files");
        files.forEach(file -> names.add(file.filename()));
        return view;
    }

    private static RequestBody form(HttpCall call) throws IOException {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, call.path(), Unpooled.wrappedBuffer(call.body()));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, call.headers().get(HttpHeaderNames.CONTENT_TYPE));
        HttpPostRequestDecoder decoder = null;
        try {
            decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
            return read(decoder.getBodyHttpDatas());
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException e) {
            throw new IOException("the form cannot be read", e);
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static RequestBody read(List<InterfaceHttpData> parts) throws IOException {
        ObjectNode fields = Json.object();
        JsonNode payload = fields;
        List<UploadedFile> files = new ArrayList<>();
        for (InterfaceHttpData part : parts) {
            if (part instanceof FileUpload file && !file.getName().equals("payload_json")) {
                String number = file.getName().replaceAll("[^0-9]", "");
                String type = Objects.requireNonNullElse(file.getContentType(), "application/octet-stream");
                files.add(new UploadedFile(number, file.getFilename(), type, file.length()));
            } else if (part instanceof FileUpload file) {
                payload = Json.parse(file.get()); // some libraries send it as a file, with a name
            } else if (part instanceof Attribute attribute && part.getName().equals("payload_json")) {
                payload = Json.parse(attribute.getValue().getBytes(StandardCharsets.UTF_8));
            } else if (part instanceof Attribute attribute) {
                fields.put(attribute.getName(), attribute.getValue());
            }
        }
        return new RequestBody(payload, files);
    }
}
