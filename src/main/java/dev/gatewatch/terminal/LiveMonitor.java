package dev.gatewatch.terminal;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;

/** The live view: one thread that draws; others follow the server and the keyboard and hand in what they hear. */
final class LiveMonitor {

    /** How often ages and countdowns move, in milliseconds. */
    private static final long TICK = 1_000;

    private final Server server;
    private final Look look;
    private final Stage stage;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Poller poller;
    private MonitorState state = MonitorState.START;
    private View view = View.START;
    private boolean ended;
    private boolean anew;

    LiveMonitor(Server server, Look look, Stage stage) {
        this.server = server;
        this.look = look;
        this.stage = stage;
        poller = new Poller(server, look.interval(), this::news);
    }

    /** Shows it until the viewer has seen enough. */
    void run() throws InterruptedException {
        stage.terminal().handle(Signal.WINCH, signal -> tasks.add(() -> anew = true));
        stage.terminal().handle(Signal.CONT, signal -> tasks.add(this::again));
        start("monitor-poller", poller);
        start("monitor-stream", new StreamFollower(server, this::news, poller));
        start("monitor-keys", new Keyboard(stage.terminal(), (key, text) -> tasks.add(() -> pressed(key, text))));
        while (!ended) {
            draw();
            @Nullable Runnable task = tasks.poll(TICK, TimeUnit.MILLISECONDS);
            while (task != null) { // all there is, then one picture of it
                task.run();
                task = tasks.poll();
            }
        }
    }

    private void news(Update update) {
        tasks.add(() -> state = state.with(update));
    }

    private void pressed(Key key, String text) {
        if (key == Key.QUIT && (!view.typing() || text.isEmpty())) { // an empty one: the terminal is gone
            ended = true;
            return;
        }
        if (!view.typing() && key == Key.REFRESH) {
            poller.ask();
            anew = true;
        }
        Past past = state.past();
        view = view.pressed(key, text, past == null ? 0 : view.of(past.events()).size());
    }

    private void again() {
        stage.enter();
        anew = true;
    }

    private void draw() {
        Size size = stage.size();
        stage.draw(Screen.of(state, view, size.getColumns(), size.getRows(), Instant.now(), look), size, anew);
        anew = false;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
