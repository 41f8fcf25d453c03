package org.berth.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What a name server tells of a name. */
final class Values {

    private Values() {}

    /** Whether a server is ready to answer for a zone. */
    static boolean knows(InetSocketAddress server, String zone) throws IOException {
        var question = Record.newRecord(DynamicUpdate.absolute(zone), Type.SOA, DClass.IN);
        return new SimpleResolver(server).send(Message.newQuery(question)).getRcode() == Rcode.NOERROR;
    }

    static List<String> at(InetSocketAddress server, String name) throws IOException {
        var question = Record.newRecord(DynamicUpdate.absolute(name), Type.TXT, DClass.IN);
        return new SimpleResolver(server)
                .send(Message.newQuery(question)).getSection(Section.ANSWER).stream()
                        .filter(TXTRecord.class::isInstance)
                        .map(TXTRecord.class::cast)
                        .map(record -> String.join("", record.getStrings()))
                        .sorted()
                        .toList();
    }
}
