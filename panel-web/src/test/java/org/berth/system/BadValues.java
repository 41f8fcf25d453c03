package org.berth.system;

import java.util.stream.Stream;

/** Values that broke other panels, or that look like those that are fine: for every way in. */
final class BadValues {

    private BadValues() {}

    /** Names that no site can have. */
    static Stream<String> names() {
        return Stream.of(
                "a.com;id",
                "$(id).com",
                "`id`.com",
                "a.com{}",
                "a.com\nb.com",
                "a.com\n",
                "a.com\r\nX: y",
                "a.com\t",
                " a.com",
                "a.com ",
                "../a.com",
                "/etc/passwd",
                "-a.com",
                "a-.com",
                "--help.com",
                "*.com",
                "*.a.com",
                "_.a.com",
                "localhost",
                "a.localhost",
                "com",
                "co.uk",
                "a..com",
                ".a.com",
                "a.com.",
                "a_b.com",
                "a b.com",
                "a.com/x",
                "a.com:80",
                "user@a.com",
                "http://a.com",
                "127.0.0.1",
                "10.0.0.1",
                "[::1]",
                "::1",
                "0x7f.1",
                "2130706433",
                "a.com\u0000",
                "\u202ea.com",
                "a\u00ad",
                "a%2ecom",
                "%2e%2e%2f",
                "'or 1=1--",
                "\"a.com\"",
                "a.com#",
                "$berth_site.com",
                "a.com;}server{",
                "a".repeat(64) + ".com",
                ("a".repeat(61) + ".").repeat(4) + "example",
                "");
    }

    /** Those that a line of text can hold. */
    static Stream<String> namesInALine() {
        return names().filter(BadValues::fitsALine);
    }

    /** One of each kind, where every one takes long. */
    static Stream<String> someNames() {
        return Stream.of("a.com;id", "../a.com", "*.com", "localhost", "127.0.0.1", "a.com{}", "-a.com");
    }

    /** Versions of PHP, and what else could end up in the configuration of its pool. */
    static Stream<String> phpVersions() {
        return Stream.of(
                "../8.3",
                "8",
                "8.4;id",
                "8.4\n",
                "-1",
                "8.99",
                "7.4-fpm",
                "8.4/../8.4",
                "latest",
                "８.4",
                " 8.4",
                "99999.1",
                "128M\nuser=root",
                "php_admin_value[x]",
                "[global]",
                "999G");
    }

    /** Logins that nobody can have. */
    static Stream<String> logins() {
        return Stream.of(
                "root",
                "www-data",
                "berth",
                "s_1",
                "s_12",
                "-rf",
                "ab",
                "Alice",
                "al ice",
                "alice;id",
                "$(id)",
                "alice\n",
                "../../etc/passwd",
                "a/b",
                "alice:x",
                "аlice",
                "alice\u0000",
                "0alice",
                "alice-",
                ".alice",
                "*",
                "abcdefghijklmnopqrstuvwxyzabcdefg",
                "",
                "%2e%2e%2f");
    }

    /** Those that a line of text can hold. */
    static Stream<String> loginsInALine() {
        return logins().filter(BadValues::fitsALine);
    }

    /** Ids of nothing. */
    static Stream<String> ids() {
        return Stream.of(
                "0",
                "-1",
                "999999999",
                "9999999999999999999999",
                "1;id",
                "../1",
                "1%00",
                "%2e%2e",
                "s_1",
                "1 or 1=1",
                "1/../2",
                "*");
    }

    private static boolean fitsALine(String value) {
        return !value.isBlank() && value.equals(value.strip()) && value.chars().allMatch(c -> c >= ' ');
    }
}
