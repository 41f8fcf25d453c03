package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory has a site on the host, and Bob another one. She may run what she likes, and tries to reach all the rest. */
@DisplayName("A hostile tenant")
class HostileTenantIT {

    private static final Duration OTHERS_ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final Duration PANEL_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private static Person mallory;
    private static Person bob;
    private static Panel bobsPanel;
    private static Tenant attacker;
    private static Tenant victim;

    /** How she runs things. */
    enum Way {
        /** As PHP of her site. */
        PHP {
            @Override
            Command command(String line) {
                return attacker.viaPhp(line);
            }
        },
        /** As work for her site that is not PHP: her user, her slice, the sandbox. */
        SANDBOXED {
            @Override
            Command command(String line) {
                return attacker.asUser(attacker.sandbox(), line);
            }
        },
        /** As her user alone, as if she had got out of the sandbox. */
        BARE {
            @Override
            Command command(String line) {
                return attacker.asUser(List.of(), line);
            }
        };

        abstract Command command(String line);
    }

    /** What she wants all of, and what shows that she has got as much as she can. */
    enum Exhaustion {
        FORKS("bomb() { bomb | bomb & }; bomb; sleep 60", "[ $(systemctl show -P TasksCurrent %2$s) -ge 90 ]"),
        TASKS("for i in $(seq 300); do sleep 60 & done; wait", "[ $(systemctl show -P TasksCurrent %2$s) -ge 90 ]"),
        MEMORY(
                "while :; do php -n -d memory_limit=-1 -r 'while (true) $all[] = str_repeat(\"x\", 1 << 20);'; done",
                "[ $(systemctl show -P MemoryCurrent %2$s) -ge 450000000 ]"),
        CPU(
                "for i in $(seq 20); do (while :; do :; done) & done; wait",
                "[ $(ps -u s_%1$d -o state= | grep -c R) -ge 20 ]"),
        TEMPORARY_FILES(
                "while :; do n=$((n + 1)); head -c 20M /dev/zero >/tmp/fill$n || { rm -f /tmp/fill*; touch /tmp/f{1..9}$n; }; done",
                "[ $(systemctl show -P MemoryCurrent %2$s) -ge 150000000 ]"),
        DISK(
                "head -c 500M /dev/zero >%4$s/shared/fill$$; sleep 60",
                "[ $(du --total -sm %4$s/shared/fill* | tail -n 1 | cut -f 1) -ge 1000 ]"),
        INODES(
                "mkdir %4$s/shared/fill$$ && cd %4$s/shared/fill$$ && seq 50000 | xargs touch; sleep 60",
                "[ $(find %4$s/shared/fill* -type f | wc -l) -ge 100000 ]"),
        CONNECTIONS(
                "for i in $(seq 11); do php -n -r 'for ($n = 0; $n < 1000; $n++) { $all[$n] = @stream_socket_client("
                        + "\"tcp://127.0.0.1:80\", $no, $why, 1); $all[$n] && fwrite($all[$n], \"GET / HTTP/1.1\\r\\nHost: x\"); }"
                        + " sleep(60);' & done; wait",
                "[ $(ss -Htn state established 'dport = :80' | grep -c 127.0.0.1) -ge 100 ]"),
        DATABASE(
                "for i in $(seq 60); do mariadb -u s_%1$d -p'%3$s' -e 'select sleep(60)' & done; wait",
                "[ $(mariadb -Ne \"select count(*) from information_schema.processlist where user = 's_%1$d'\") -ge 40 ]"),
        QUERIES(
                "for i in $(seq 40); do mariadb -u s_%1$d -p'%3$s' -e 'select benchmark(1 << 40, sha2(1, 512))' & done; wait",
                "[ $(mariadb -Ne \"select count(*) from information_schema.processlist where user = 's_%1$d'"
                        + " and info like 'select benchmark%%'\") -ge 30 ]"),
        LOGINS(
                "php -n -r 'while (true) { $all = []; for ($n = 0; $n < 500; $n++) $all[] = @stream_socket_client("
                        + "\"unix:///run/mysqld/mysqld.sock\", $no, $why, 1); sleep(1); }'",
                "[ $(mariadb -Ne \"select count(*) from information_schema.processlist where user = 'unauthenticated user'\")"
                        + " -ge 44 ]");

        private final String attack;
        private final String reached;

        Exhaustion(String attack, String reached) {
            this.attack = attack;
            this.reached = reached;
        }

        String attack() {
            return filled(attack);
        }

        boolean isReached() {
            return LabHost.shell(filled(reached)).exit() == 0;
        }

        private static String filled(String line) {
            return line.formatted(attacker.id(), attacker.slice(), attacker.password(), attacker.home());
        }
    }

    @BeforeAll
    static void twoOwnersHaveASiteEach() {
        mallory = People.owner("mallory");
        bob = People.owner("bob");
        attacker = Tenant.of(mallory);
        victim = Tenant.of(bob);
        attacker.put("attack.php", "<?php passthru($_POST['run'] . ' 2>&1');");
        victim.put("secret.txt", "secret of Bob");
        victim.put(
                "page.php",
                "<?php $db = new mysqli(null, 's_%1$d', '%2$s', 's_%1$d'); echo $db->query('select 40 + 2')->fetch_row()[0];"
                        .formatted(victim.id(), victim.password()));
        assertThat(victim.fetch("/page.php").body()).isEqualTo("42");
        // As an upgrade keeps them.
        LabHost.shell("install -d -m 0700 /var/lib/berth/dumps && touch " + DUMP)
                .orFail();
        bobsPanel = new Panel().login(bob);
    }

    @AfterAll
    static void leave() {
        bobsPanel.close();
        LabHost.shell("rm -f " + DUMP).orFail();
    }

    @ParameterizedTest
    @EnumSource
    void reachesNothingButItsOwn(Way way) {
        var pid = LabHost.shell("pgrep -u s_%d | head -n 1".formatted(victim.id()))
                .text();
        assertThat(LabHost.shell("ls -d " + filled(FILES)).exit()).isZero();
        var line = filled(ATTEMPTS.replace("@FILES", FILES + PROCESS)).replace("@PID", pid);
        var got = way.command(line).run().out();
        // What succeeds says that the attempts are real ones.
        assertThat(got.lines())
                .containsExactly("GOT read of its own page", "GOT write of its own page", "GOT its own database");
        assertThat(victim.fetch("/page.php").body()).isEqualTo("42");
        assertThat(LabHost.fetch(victim.name(), "/secret.txt").body()).isEqualTo("secret of Bob");
    }

    private static String filled(String attempts) {
        return attempts.replace("@ME", String.valueOf(attacker.id()))
                .replace("@BOB", String.valueOf(victim.id()))
                .replace("@PASSWORD", attacker.password())
                .replace("@DUMP", DUMP);
    }

    @ParameterizedTest
    @EnumSource
    void getsNobodyElsesFilesServedThroughALink(Way way) {
        var links = new ArrayList<String>();
        for (var target : List.of(
                victim.home() + "/current/public/secret.txt",
                victim.home() + "/current/public",
                victim.home(),
                "/etc/passwd",
                "/etc/berth/host.json",
                "/")) {
            links.add("ln -sfn %s %s/current/public/link%d".formatted(target, attacker.home(), links.size()));
        }
        way.command(String.join("; ", links)
                        + "; mkdir -p %s/current/public/own && echo own > %1$s/current/public/own/x"
                                .formatted(attacker.home()))
                .run();
        assertThat(attacker.fetch("/own/x").body()).isEqualTo("own\n");
        for (var path : List.of(
                "/link0",
                "/link1/secret.txt",
                "/link2/current/public/secret.txt",
                "/link3",
                "/link4",
                "/link5/etc/passwd",
                "/link5" + victim.home() + "/current/public/page.php")) {
            var answer = attacker.fetch(path);
            assertThat(answer.status()).as(path).isIn(403, 404);
            assertThat(answer.body()).as(path).doesNotContain("secret of Bob", "root:", "uidBase");
        }
    }

    @Test
    void keepsItsTablesWhereTheDatabasesAre() {
        var folders =
                List.of("/var/lib/berth/mysql/", "/run/mysqld/", "/run/berth/db/", "/tmp/", "/var/tmp/", "/dev/shm/");
        for (var n = 0; n < folders.size(); n++) {
            asDatabaseUser("create table stray%d_%d (a int) engine = InnoDB data directory = '%s'"
                            .formatted(attacker.id(), n, folders.get(n)))
                    .orFail();
        }
        assertThat(LabHost.shell("find /var /run /tmp /dev/shm -name 'stray" + attacker.id() + "_*.ibd' -printf '%h\n'")
                        .text()
                        .lines())
                .hasSize(folders.size())
                .containsOnly("/var/lib/mysql/s_" + attacker.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partition by hash (a) (partition p engine = MEMORY)",
                "partition by hash (a) (partition p data directory = '/var/tmp/')",
                "partition by range (a) subpartition by hash (a)"
                        + " (partition p values less than (9) (subpartition s engine = MEMORY))"
            })
    void hasNoTablesThatLieInTheMemoryOfAll(String partition) {
        var made = asDatabaseUser("create table parted (a int) engine = InnoDB " + partition);
        assertThat(made.exit()).isNotZero();
        assertThat(made.err()).contains("--skip-partition");
    }

    /** Whatever keeps its tables locked, and is to be removed when the server ends. */
    @Test
    void keepsTheDatabasesOfAllFromNoStart() {
        var tables = IntStream.range(0, 8).mapToObj("held%d"::formatted).toList();
        var held = "'held" + attacker.id() + "'";
        tables.forEach(
                table -> asDatabaseUser("create table " + table + " (a int)").orFail());
        asDatabaseUser("xa start " + held + "; "
                        + tables.stream()
                                .map("insert into %s values (1); "::formatted)
                                .collect(Collectors.joining())
                        + "xa end " + held + "; xa prepare " + held)
                .orFail();
        var drops = CompletableFuture.runAsync(() -> LabHost.shell(
                "for table in %s; do mariadb --no-defaults --user=s_%d --password=%s --execute=\"set innodb_lock_wait_timeout = 1000; drop table $table\" s_%2$d & done; wait"
                        .formatted(String.join(" ", tables), attacker.id(), attacker.password())));
        Eventually.holds(
                "all of them wait",
                () -> LabHost.shell(
                                "mariadb -Ne \"select count(*) from information_schema.processlist where info like 'drop table held%'\"")
                        .text()
                        .equals(String.valueOf(tables.size())));
        LabHost.run("systemctl", "kill", "--signal=KILL", "mariadb").orFail();
        var begun = System.nanoTime();
        Eventually.holds(
                "the databases are back",
                () -> LabHost.shell("mariadb -e 'select 1'").exit() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
        drops.join();
        assertThat(LabHost.run("mariadb", "-Ne", "select @@global.innodb_lock_wait_timeout")
                        .text())
                .isEqualTo("50");
        LabHost.run("mariadb", "-e", "xa rollback " + held).orFail();
    }

    private static Output asDatabaseUser(String statement) {
        return LabHost.program(
                        "mariadb", "--no-defaults", "--user=s_" + attacker.id(), "--password=" + attacker.password())
                .with("--execute=" + statement)
                .with("s_" + attacker.id())
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void keepsNobodyWaitingWhateverItUsesUp(Exhaustion exhaustion) {
        var unit = "test-attack-" + Fresh.random();
        var asProcess = new ArrayList<>(List.of("--unit=" + unit, "--no-block"));
        asProcess.addAll(attacker.sandbox());
        var asPhp = CompletableFuture.supplyAsync(
                () -> attacker.viaPhp(exhaustion.attack()).run());
        attacker.asUser(asProcess, exhaustion.attack()).run().orFail();
        try {
            Eventually.holds(exhaustion + " is used up", exhaustion::isReached);
            othersAnswer();
            if (exhaustion == Exhaustion.LOGINS) {
                // Another site's database is made and can be used, too.
                assertThat(Tenant.of(bob).id()).isPositive();
            }
        } finally {
            LabHost.program("systemctl", "kill", "--signal=KILL", unit).run();
            LabHost.program("systemctl", "stop", unit).run();
            LabHost.program("systemctl", "kill", "--signal=KILL", attacker.service())
                    .run();
            asPhp.join();
            // What a server was asked for goes on although who asked is dead.
            LabHost.program("mariadb", "-e", "kill user s_" + attacker.id()).run();
            LabHost.shell("rm -rf %s/shared/fill*".formatted(attacker.home()));
        }
        Eventually.holds(
                "the attacker's own site is back",
                () -> attacker.viaPhp("echo back").run().out().equals("back\n"));
    }

    /**
     * From a network of its own, like a visitor outside; with IPv6 from two addresses of one network. Thousands of
     * requests, or of handshakes, of which only the beginning is sent.
     */
    @ParameterizedTest
    @CsvSource({
        "80, 10.98.0.1, 10.98.0.2 10.98.0.2, GET / HTTP/1.1\\r\\nHost: x",
        "443, 10.98.0.1, 10.98.0.2 10.98.0.2, \\x16\\x03\\x01\\x02",
        "8443, 10.98.0.1, 10.98.0.2 10.98.0.2, \\x16\\x03\\x01\\x02",
        "80, [fd98::1], [fd98::2] [fd98::3], GET / HTTP/1.1\\r\\nHost: x"
    })
    void keepsNobodyWaitingFromOutsideEither(int port, String to, String from, String begin) {
        var unit = "test-stranger-" + Fresh.random();
        var connect = "for i in $(seq 6); do for from in %s; do php -n -r 'for ($n = 0; $n < 1000; $n++) {"
                + " $all[$n] = @stream_socket_client(\"tcp://%s:%d\", $no, $why, 1, STREAM_CLIENT_CONNECT,"
                + " stream_context_create([\"socket\" => [\"bindto\" => \"$argv[1]:0\"]]));"
                + " $all[$n] && fwrite($all[$n], \"%s\"); } sleep(60);' \"$from\" & done; done; wait";
        try {
            LabHost.run("bash", "-c", OUTSIDE);
            LabHost.run(
                    "systemd-run",
                    "--quiet",
                    "--collect",
                    "--unit=" + unit,
                    "--property=NetworkNamespacePath=/run/netns/stranger",
                    "bash",
                    "-c",
                    connect.formatted(from, to, port, begin));
            Eventually.holds("the connections of one address are used up", () -> held(port) >= 450);
            othersAnswer();
            assertThat(held(port)).isLessThanOrEqualTo(500);
        } finally {
            LabHost.program("systemctl", "kill", "--signal=KILL", unit).run();
            LabHost.program("systemctl", "stop", unit).run();
            LabHost.shell("ip link delete stranger; ip netns delete stranger");
        }
    }

    private static final String OUTSIDE = """
            set -e
            ip netns add stranger
            ip link add stranger type veth peer name out netns stranger
            ip address add 10.98.0.1/24 dev stranger
            ip address add fd98::1/64 dev stranger nodad
            ip link set stranger up
            for address in 10.98.0.2/24 'fd98::2/64 nodad' 'fd98::3/64 nodad'; do
              ip -n stranger address add $address dev out
            done
            ip -n stranger link set out up
            """;

    private static int held(int port) {
        return Integer.parseInt(LabHost.shell(
                        "ss -Htn state established 'sport = :%d' | grep -cE '10.98.0.2|fd98::[23]'".formatted(port))
                .text());
    }

    private static void othersAnswer() {
        within(OTHERS_ANSWER_WITHIN, "Bob's site", 10, HostileTenantIT::bobsSiteAnswers, () -> {});
        within(
                OTHERS_ANSWER_WITHIN,
                "Bob's site, whose PHP does not run",
                3,
                HostileTenantIT::bobsSiteAnswers,
                () -> LabHost.run("systemctl", "stop", victim.service()));
        within(PANEL_ANSWERS_WITHIN, "the panel", 10, HostileTenantIT::bobsListAnswers, () -> {});
    }

    private static boolean bobsSiteAnswers() {
        return victim.fetch("/page.php").body().equals("42");
    }

    private static boolean bobsListAnswers() {
        return bobsPanel.page().request().get("/sites").text().contains(victim.name());
    }

    /** The slowest counts: whoever waits is a visitor. */
    private static void within(Duration limit, String who, int rounds, BooleanSupplier answers, Runnable beforeEach) {
        var times = new ArrayList<Duration>();
        for (var round = 0; round < rounds; round++) {
            beforeEach.run();
            var begun = System.nanoTime();
            assertThat(answers.getAsBoolean()).as(who).isTrue();
            times.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        assertThat(Collections.max(times)).as(who + " in " + times).isLessThan(limit);
    }

    private static final String DUMP = "/var/lib/berth/dumps/attacked.sql.gz";

    /** Of others, or of the host; each is there. */
    private static final String FILES = """
            /srv/sites/s_@BOB/current/public/secret.txt /srv/sites/s_@BOB/logs/php.log \
            /srv/sites/s_@BOB/releases/initial/public/page.php /var/log/nginx/sites/@BOB.access.log \
            /var/log/nginx/sites/@BOB.error.log /var/log/nginx/sites/@ME.access.log /etc/shadow /etc/sudoers.d/berth \
            /etc/berth/panel.properties /etc/berth/secret.key /etc/berth/front/panel.key \
            /etc/berth/front/headers.conf /var/lib/berth/tls/@BOB/own-1.pem /var/lib/berth/tls/@ME/own-1.pem \
            /etc/berth/nginx/sites/@BOB.conf /etc/berth/nginx/sites/@ME.conf /etc/berth/php/@BOB/pool.conf \
            /var/log/berth/verbs.log /var/lib/berth/host/fence/@BOB /var/lib/mysql/ibdata1 \
            /var/lib/berth/mysql/ibdata1 @DUMP /root/.bashrc \
            """;

    private static final String PROCESS = "/proc/1/environ /proc/@PID/environ /proc/@PID/mem /proc/@PID/cwd/secret.txt"
            + " /proc/@PID/root/srv/sites/s_@BOB/current/public/secret.txt";

    /** Each names what it got. @ME and @BOB are numbers of sites, @PID is a process of Bob's. */
    private static final String ATTEMPTS = """
            try() { what=$1; shift; if timeout 30 "$@" </dev/null >/dev/null 2>&1; then echo "GOT $what"; fi; }
            try 'read of its own page' cat /srv/sites/s_@ME/current/public/attack.php
            try 'write of its own page' sh -c 'echo >/srv/sites/s_@ME/current/public/mine'
            try 'its own database' mariadb -u s_@ME -p'@PASSWORD' s_@ME -e 'select 1'
            for file in @FILES; do
              try "read of $file" head -c 1 "$file"
              try "hard link to $file" ln "$file" /srv/sites/s_@ME/current/public/hard
              try "owner of $file" chown s_@ME "$file"
            done
            for folder in /srv/sites/s_@BOB /srv/sites/s_@BOB/current /var/lib/berth/host /var/lib/berth/tls /var/lib/berth/panel /var/lib/berth/dumps /var/lib/berth/install /var/lib/mysql/s_@BOB \\
              /etc/berth/nginx/sites /run/berth/front /run/berth/db /run/berth/php /run/berth/verbs /root /proc/@PID/fd; do
              try "list of $folder" ls "$folder"
            done
            for file in /srv/sites/x /srv/sites/s_@ME/x /srv/sites/s_@ME/current /srv/sites/s_@ME/logs/x /srv/sites/s_@BOB/x \\
              /srv/sites/s_@BOB/current/public/x /srv/sites/s_@BOB/shared/x /var/log/nginx/sites/@ME.access.log \\
              /var/lib/berth/flags/@BOB.suspended /var/lib/berth/visitors/.well-known/acme-challenge/x /etc/berth/nginx/sites/x.conf /etc/berth/php/@ME/pool.conf \\
              /etc/cron.d/x /etc/systemd/system/x.service /usr/local/bin/x /run/berth/php/x /run/systemd/system/x.service \\
              /usr/lib/berth/current/host-scripts/lib/verb.sh /usr/lib/berth/current/bin/berth /proc/sys/kernel/core_pattern \\
              /sys/fs/cgroup/pids/cgroup.procs; do
              try "write of $file" sh -c "echo >>'$file'"
            done
            for address in unix:///run/berth/php/@BOB.sock unix:///run/berth/php/@ME.sock unix:///run/berth/front/cli.sock \\
              unix:///run/berth/db/berth.sock unix:///run/berth/databases/@BOB/mysqld.sock tcp://127.0.0.1:3306 unix:///run/redis/redis-server.sock unix:///run/systemd/private \\
              tcp://127.0.0.1:8480 'tcp://[::1]:8480' tcp://127.0.0.1:6379 tcp://127.0.0.1:9000; do
              try "connection to $address" php -n -r 'exit(stream_socket_client($argv[1], $no, $why, 3) ? 0 : 1);' "$address"
            done
            for path in /api/v1/me /api/v1/users /api/v1/sites/@BOB /internal/preview /metrics /openapi /preview/x/; do
              try "the panel's $path" sh -c "curl -qsk --max-time 5 -o /dev/null -w '%{http_code}' -H 'X-Berth-Local: root' \\
                -H 'X-Berth-Front: x' -H 'X-Preview-Token: x' -H 'X-Forwarded-For: 127.0.0.1' -H 'Authorization: Bearer root' \\
                'https://127.0.0.1:8443$path' | grep ^2"
            done
            for query in 'use s_@BOB' 'use mysql' 'select * from mysql.user' "create user x@localhost" "set global max_connections=1" \\
              "grant all on s_@BOB.* to s_@ME@localhost" "alter user s_@BOB@localhost identified by 'x'" 'drop database s_@BOB' \\
              "select 1 into outfile '/srv/sites/s_@BOB/current/public/x'" "create table t (x text); load data infile '/etc/passwd' into table t" \\
              "install soname 'ha_federatedx'" 'create database other'; do
              try "the query $query" mariadb -u s_@ME -p'@PASSWORD' s_@ME -e "$query"
            done
            try "a look at Bob's database" sh -c "mariadb -u s_@ME -p'@PASSWORD' -Ne 'show databases; show processlist' | grep s_@BOB"
            try 'a file through the database' sh -c "mariadb -u s_@ME -p'@PASSWORD' -Ne \\"select load_file('/etc/passwd')\\" | grep root"
            for user in root s_@BOB mysql berth ''; do
              try "the database as $user" mariadb -u "$user" -e 'select 1'
              try "Berth's database as $user" mariadb --socket=/run/berth/db/berth.sock -u "$user" berth -e 'select 1'
            done
            try 'sudo' sudo -n id
            try 'a verb by sudo' sudo -n /usr/lib/berth/host-scripts/host-inspect
            try 'the berth command' /usr/lib/berth/current/bin/berth site list
            try 'su' su -c id
            try 'stop of nginx' systemctl --no-ask-password stop nginx.service
            try "stop of Bob's PHP" systemctl --no-ask-password kill berth-php@@BOB.service
            try 'more memory' systemctl --no-ask-password set-property berth-site-@ME.slice MemoryMax=infinity
            try 'a unit' systemd-run --no-ask-password --quiet id
            try 'a restart of the host' busctl call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager Reboot b false
            try "signal to Bob's PHP" sh -c 'kill -0 @PID'
            try 'signal to everybody' sh -c 'kill -0 1'
            try "a namespace of Bob's" nsenter --target @PID --mount id
            try 'a mount' mount -t tmpfs none /mnt
            try 'a device' mknod /srv/sites/s_@ME/current/public/disk b 8 0
            try "the root's folder" chroot / id
            try 'priority' renice -n -5 -p $$
            """;
}
