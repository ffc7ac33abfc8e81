package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.gateway.SavedSessions.SavedSession;
import java.util.Optional;

/** One shard of a fleet: its supervisor, the count of its guilds, and what Discord4J takes for its client. */
final class SupervisedShard implements Audience {

    private final GatewaySupervisor supervisor;
    private final GuildCensus census;
    private final SupervisedGatewayClient client;
    private final DiscordAdapter adapter;
    private final DispatchTap tap;
    private final RestartBrake brake;

    /** Takes over what {@code memory} has of the shard; nothing is connected before {@link #start}. */
    SupervisedShard(
            int id,
            FleetContext context,
            FleetMemory memory,
            Supplies supplies,
            DiscordAdapter adapter,
            RestartBrake brake) {
        this.adapter = adapter;
        this.brake = brake;
        tap = context.tap();
        supervisor = new GatewaySupervisor(id, supplies);
        census = new GuildCensus(id, context.events(), context.scheduler());
        Failure loggedOut = Failure.of(Failure.Kind.OPERATOR, "The bot's own code logged out");
        ShardCount count = supplies.shardCount();
        client = new SupervisedGatewayClient(
                count::get,
                this::start,
                keep -> keep ? supervisor.stop(loggedOut) : supervisor.logOut(loggedOut),
                dispatch -> tap.seen(id, dispatch),
                adapter.reader(),
                context.events().failures());
        memory.session(id).ifPresent(saved -> {
            supervisor.restore(saved.session(), saved.lastSign());
            census.restore(memory.guilds(count.get(), id));
        });
    }

    @Override
    public boolean reads(String type) {
        return adapter.listeners().reach(type, () -> client.hasListeners() || tap.reads(type));
    }

    @Override
    public void unknown(String type) {
        adapter.listeners().unknown(type);
    }

    @Override
    public void arrived(Glance dispatch) {
        census.count(dispatch);
    }

    void start() {
        String reason = brake.starts().size() + " starts within " + RestartBrake.WINDOW.toMinutes() + " minutes";
        supervisor.start(brake.delay(), reason);
        census.begin(); // a shard is there once its start is told
    }

    GatewaySupervisor supervisor() {
        return supervisor;
    }

    GuildCensus census() {
        return census;
    }

    SupervisedGatewayClient client() {
        return client;
    }

    /** What could be resumed now. */
    Optional<SavedSession> saved() {
        return supervisor.session().map(session -> SavedSession.of(session, supervisor.lastSign()));
    }
}
