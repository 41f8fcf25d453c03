package org.berth.container;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.berth.fixture.Eventually;

/** The panel's database as it is, behind the panel's back. */
@ApplicationScoped
public class Rows {

    @Resource(lookup = "java:app/jdbc/berth")
    private DataSource database;

    /** Changes rows, and says how many. */
    int change(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = with(connection.prepareStatement(sql), values)) {
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The first column of the only row. */
    String value(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = with(connection.prepareStatement(sql), values);
                var found = statement.executeQuery()) {
            if (!found.next()) {
                throw new AssertionError("no row: " + sql);
            }
            return found.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The first column of all rows. */
    List<String> values(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = with(connection.prepareStatement(sql), values);
                var found = statement.executeQuery()) {
            var column = new ArrayList<String>();
            while (found.next()) {
                column.add(found.getString(1));
            }
            return column;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    long number(String sql, Object... values) {
        return Long.parseLong(value(sql, values));
    }

    /** Returns when a transaction waits for a lock of another one. */
    void awaitWaitForLock() {
        Eventually.holds(
                "a transaction that waits",
                () -> number("select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'") > 0);
    }

    private static PreparedStatement with(PreparedStatement statement, Object... values) throws SQLException {
        for (var index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
        return statement;
    }
}
