package dev.gatewatch.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of {@code resume_gateway_url}: another one than the gateway's, and it tells the shard before HELLO.
 *
 * <p>So we see who resumes at the wrong place, and a fault of one shard can hit connections that have not said a word yet.
 */
final class ResumeUrl {

    private static final Pattern PATH = Pattern.compile("/resume-([0-9]{1,4})/?");

    private ResumeUrl() {}

    static String path(int shard) {
        return "/resume-" + shard;
    }

    static @Nullable Integer shardOf(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
