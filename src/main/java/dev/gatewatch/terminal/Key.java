package dev.gatewatch.terminal;

/** What a key means, unless a word is being typed. */
enum Key {
    QUIT,
    HELP,
    REFRESH,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    SEARCH,
    ESCAPE,
    ENTER,
    ERASE,
    OTHER
}
