package dev.gatewatch.gateway;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which hosts are reached without the proxy: loopback always, and those that are listed. */
final class ProxyExclusions {

    private static final Pattern LOOPBACK =
            Pattern.compile("(.*\\.)?localhost|127\\.[0-9.]+|\\[?(::1|0:0:0:0:0:0:0:1)]?");
    private static final int HTTPS = 443;

    private final List<Predicate<URI>> excluded;

    private ProxyExclusions(List<Predicate<URI>> excluded) {
        this.excluded = excluded;
    }

    /**
     * {@code NO_PROXY} as curl, Go and Python read it: {@code *}, or domains with all below them, addresses, and networks such as
     * {@code 10.0.0.0/8}, divided by commas; each may end in a port.
     */
    static ProxyExclusions ofNoProxy(String list) {
        return new ProxyExclusions(Arrays.stream(list.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .map(ProxyExclusions::matching)
                .toList());
    }

    /** {@code http.nonProxyHosts} as the JDK reads it: names with {@code *} for any characters, divided by bars. */
    static ProxyExclusions ofNonProxyHosts(String list) {
        return new ProxyExclusions(Arrays.stream(list.split("\\|"))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Pattern.compile(
                        Pattern.quote(entry.strip()).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE))
                .<Predicate<URI>>map(
                        pattern -> uri -> pattern.matcher(host(uri)).matches())
                .toList());
    }

    /** Whether the proxy has nothing to do with this target. */
    boolean include(URI target) {
        return LOOPBACK.matcher(host(target)).matches()
                || excluded.stream().anyMatch(exclusion -> exclusion.test(target));
    }

    private static Predicate<URI> matching(String entry) {
        if (entry.equals("*")) {
            return target -> true;
        }
        if (entry.matches("[0-9a-f.:]+/[0-9]{1,3}")) {
            return network(entry);
        }
        String[] parts = entry.matches("[^:]+:[0-9]+") ? entry.split(":") : new String[] {entry};
        String domain = parts[0].replaceFirst("^\\*?\\.", "");
        return target -> (host(target).equals(domain) || host(target).endsWith("." + domain))
                && (parts.length == 1 || parts[1].equals(Integer.toString(port(target))));
    }

    private static Predicate<URI> network(String entry) {
        String[] parts = entry.split("/");
        try {
            IpSubnetFilterRule rule =
                    new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
            return target -> isWithin(rule, target);
        } catch (IllegalArgumentException e) {
            return target -> false; // no network at all
        }
    }

    /** A name is never resolved for this: the proxy alone may be able to. */
    private static boolean isWithin(IpSubnetFilterRule network, URI target) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host(target));
        try {
            return address != null
                    && network.matches(new InetSocketAddress(InetAddress.getByAddress(address), port(target)));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String host(URI target) {
        return place(target).host().toLowerCase(Locale.ROOT);
    }

    private static int port(URI target) {
        int port = place(target).port();
        return port < 0 ? HTTPS : port;
    }

    private static HostAndPort place(URI target) {
        return HostAndPort.of(target).orElseThrow(); // the proxy asks for nothing else
    }
}
