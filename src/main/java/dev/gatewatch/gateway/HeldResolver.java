package dev.gatewatch.gateway;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Sinks;

/**
 * Keeps a connection waiting for its address, a literal one too, until {@link #release}: its socket is open by then, registered and, with TLS, has its
 * engine, so that nothing is left to do but the connect.
 *
 * <p>For one connection. Thread-safe.
 */
final class HeldResolver extends AddressResolverGroup<InetSocketAddress> {

    private final AddressResolverGroup<InetSocketAddress> resolvers;
    private final Sinks.Empty<Void> released = Sinks.empty();

    /**
     * @param resolvers what resolves addresses, once that is wanted; not closed here
     */
    HeldResolver(AddressResolverGroup<InetSocketAddress> resolvers) {
        this.resolvers = resolvers;
    }

    void release() {
        released.tryEmitEmpty();
    }

    /** A new one: those that the group itself keeps live as long as their event loop. */
    @Override
    public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
        return newResolver(executor);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        AddressResolver<InetSocketAddress> resolver = resolvers.getResolver(executor);
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {

            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
                whenReleased(() -> resolver.resolve(address), promise);
            }

            @Override
            protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
                whenReleased(() -> resolver.resolveAll(address), promise);
            }
        };
    }

    private <T> void whenReleased(Supplier<Future<T>> lookup, Promise<T> promise) {
        released.asMono()
                .subscribe(nothing -> {}, error -> {}, () -> PromiseNotifier.cascade(false, lookup.get(), promise));
    }
}
