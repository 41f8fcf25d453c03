package org.berth.dns;

import com.google.common.net.InetAddresses;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Asks name servers: the host's own who is responsible for a name, and those then directly where it leads and whether they
 * have a record. An authority's servers ask any of them, so each has to have it. The host's own are never asked for the
 * name itself: they would remember that it was not there yet (RFC 2308), and an authority may ask the same ones.
 */
@ApplicationScoped
class NameServers {

    private static final int PORT = 53;
    private static final int LONGEST_CHAIN = 8;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final Supplier<Resolver> resolvers;
    private final UnaryOperator<InetSocketAddress> way;

    NameServers() {
        this(NameServers::ofTheHost, address -> address);
    }

    /**
     * Asks nobody yet.
     *
     * @param resolver that finds every name
     * @param way where a server is reached that has this address
     */
    NameServers(Resolver resolver, UnaryOperator<InetSocketAddress> way) {
        this(() -> resolver, way);
    }

    private NameServers(Supplier<Resolver> resolvers, UnaryOperator<InetSocketAddress> way) {
        this.resolvers = resolvers;
        this.way = way;
    }

    private Resolver resolver() {
        var resolver = resolvers.get();
        resolver.setTimeout(ANSWERS_WITHIN);
        return resolver;
    }

    /** As they are now: the host may ask others than when the panel was started. */
    private static Resolver ofTheHost() {
        ResolverConfig.refresh();
        return new ExtendedResolver();
    }

    /** The threads of the library end with the panel. */
    @PreDestroy
    void close() {
        NioClient.close();
    }

    /**
     * Where a name leads by CNAME; itself when it leads nowhere else.
     *
     * @throws Conflict when it leads in a circle
     * @throws DnsFailure when no server that is responsible for it answers
     */
    String target(String name) {
        var current = name;
        for (var step = 0; step < LONGEST_CHAIN; step++) {
            var asked = current;
            var answer = zoneAround(asked)
                    .flatMap(zone -> askDirectly(zone, asked, Type.CNAME))
                    .orElseThrow(() -> none(asked));
            var next = answers(answer, CNAMERecord.class)
                    .map(CNAMERecord::getTarget)
                    .findFirst();
            if (next.isEmpty()) {
                return current;
            }
            current = text(next.get());
        }
        throw new Conflict(Problem.of("dns-circle", name));
    }

    /**
     * What stands against asking an authority for a record now.
     *
     * @return for each responsible server that does not have it what it does instead; empty when all have it
     */
    List<String> missing(TxtRecord record) {
        return responsible(record.name()).stream()
                .flatMap(server -> fault(server, record).stream())
                .toList();
    }

    /**
     * The servers that are responsible for a name.
     *
     * @throws DnsFailure when none are found
     */
    List<String> responsible(String name) {
        var servers = zone(name).stream()
                .flatMap(zone -> servers(zone).stream())
                .sorted()
                .toList();
        if (servers.isEmpty()) {
            throw none(name);
        }
        return servers;
    }

    private static DnsFailure none(String name) {
        return new DnsFailure(Problem.of("dns-no-servers", name));
    }

    private List<String> servers(String zone) {
        return answers(ask(zone, Type.NS), NSRecord.class)
                .map(record -> text(record.getTarget()))
                .distinct()
                .toList();
    }

    /** The zone that holds a name, which may begin there. */
    private Optional<String> zone(String name) {
        return zoneAround(name)
                .map(around -> askDirectly(around, name, Type.SOA)
                        .flatMap(answer -> apex(name, answer))
                        .orElse(around));
    }

    /** The zone of what a name is below, which is there already; right below the top it is the name itself that is. */
    private Optional<String> zoneAround(String name) {
        var above = above(name);
        for (var asked = above.indexOf('.') > 0 ? above : name; asked.indexOf('.') > 0; asked = above(asked)) {
            var apex = apex(asked, ask(asked, Type.SOA));
            if (apex.isPresent()) {
                return apex;
            }
        }
        return Optional.empty();
    }

    private static String above(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Where a name's zone begins: an answer has the beginning of its zone, or says to whom the name is left. */
    private static Optional<String> apex(String name, Message answer) {
        return Stream.of(Section.ANSWER, Section.AUTHORITY)
                .flatMap(section -> answer.getSection(section).stream())
                .filter(record -> record instanceof SOARecord || record instanceof NSRecord)
                .map(record -> text(record.getName()))
                .filter(found -> name.equals(found) || name.endsWith("." + found))
                .findFirst();
    }

    /** What the first of a zone's servers says that has an answer; empty when none has. */
    private Optional<Message> askDirectly(String zone, String name, int type) {
        for (var server : servers(zone)) {
            for (var address : addresses(server)) {
                try {
                    var answer = askDirectly(address, name, type);
                    if (answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.NXDOMAIN) {
                        return Optional.of(answer);
                    }
                } catch (IOException silent) {
                    // Another one may answer; whether all have the record is seen later.
                }
            }
        }
        return Optional.empty();
    }

    /** Some of a server's addresses cannot be reached from everywhere; but none may tell anything else. */
    private Optional<String> fault(String server, TxtRecord record) {
        var silent = new ArrayList<String>();
        var answered = false;
        for (var address : addresses(server)) {
            var shown = server + " (" + InetAddresses.toAddrString(address) + ")";
            try {
                if (!has(address, record)) {
                    return Optional.of(shown);
                }
                answered = true;
            } catch (IOException unreachable) {
                silent.add(shown + ": " + unreachable.getMessage());
            }
        }
        return answered ? Optional.empty() : Optional.of(silent.isEmpty() ? server : String.join(", ", silent));
    }

    private boolean has(InetAddress address, TxtRecord record) throws IOException {
        return answers(askDirectly(address, record.name(), Type.TXT), TXTRecord.class)
                .anyMatch(found -> String.join("", found.getStrings()).equals(record.value()));
    }

    private Message askDirectly(InetAddress address, String name, int type) throws IOException {
        var direct = new SimpleResolver(way.apply(new InetSocketAddress(address, PORT)));
        direct.setTimeout(ANSWERS_WITHIN);
        var query = query(name, type);
        query.getHeader().unsetFlag(Flags.RD);
        return direct.send(query);
    }

    private List<InetAddress> addresses(String server) {
        var addresses = new LinkedHashSet<InetAddress>();
        answers(ask(server, Type.A), ARecord.class).map(ARecord::getAddress).forEach(addresses::add);
        answers(ask(server, Type.AAAA), AAAARecord.class)
                .map(AAAARecord::getAddress)
                .forEach(addresses::add);
        return List.copyOf(addresses);
    }

    private Message ask(String name, int type) {
        try {
            return resolver().send(query(name, type));
        } catch (IOException silent) {
            throw DnsFailure.unreachable(name, silent);
        }
    }

    private static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(DynamicUpdate.absolute(name), type, DClass.IN));
    }

    private static <T extends Record> Stream<T> answers(Message message, Class<T> type) {
        return message.getSection(Section.ANSWER).stream()
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
