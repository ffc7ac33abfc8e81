package dev.gatewatch.gateway;

/** An audience that is not there: nobody reads any dispatch. */
final class Nobody implements Audience {

    @Override
    public boolean reads(String type) {
        return !Listeners.EVENTS.containsKey(type);
    }

    @Override
    public void unknown(String type) {}

    @Override
    public void arrived(Glance dispatch) {}
}
