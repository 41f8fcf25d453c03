package org.berth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom();
    private long jobs;

    @Test
    void ownerLeavesRoomToOthersHoweverShortTheJobs() {
        wish(owner("alice"), true, 20);
        assertThat(begun()).containsOnly("alice").hasSize(4);
        wish(owner("bob"), false, 20);
        assertThat(begun()).containsOnly("bob").hasSize(4);
    }

    @Test
    void clockLeavesRoomTooAndAdministratorsNeedNot() {
        wish(Actor.SYSTEM, false, 20);
        assertThat(begun()).containsOnly("berth").hasSize(4);
        wish(Actor.ROOT, false, 20);
        assertThat(begun()).containsOnly("root").hasSize(4);
        assertThat(all(Actor.ROOT)).hasSize(8);
    }

    @Test
    void whoeverHasNothingAtWorkIsNextHoweverMuchOthersWishedBefore() {
        var wished = wish(Actor.ROOT, true, 40);
        assertThat(begun()).hasSize(10);
        wish(owner("bob"), false, 2);
        wish(owner("carol"), false, 2);
        room.left(wished.get(0));
        assertThat(begun()).containsExactly("bob");
        room.left(wished.get(1));
        assertThat(begun()).containsExactly("carol");
        room.left(wished.get(2));
        assertThat(begun()).containsExactly("bob");
    }

    @Test
    void shortJobFindsAPlaceWhileOthersWaitForMinutes() {
        wish(owner("alice"), false, 20);
        wish(owner("bob"), false, 20);
        assertThat(begun()).hasSize(8);
        wish(owner("carol"), false, 1);
        wish(owner("dave"), true, 1);
        assertThat(begun()).containsExactly("dave");
    }

    /** Eleven who each wish a short job again as soon as theirs is over: one has to wait each time, and never for long. */
    @Test
    void longJobIsNotPassedByAgainAndAgainByShortOnes() {
        var running = new ArrayList<Waiting>();
        for (var number = 0; number < 11; number++) {
            wish(owner("crowd" + number), true, 1);
        }
        room.next().ifPresent(running::add);
        wish(owner("alice"), false, 1);
        for (var begun = 0; begun < 10; begun++) {
            room.next().ifPresent(running::add);
        }
        var begun = new ArrayList<String>();
        for (var round = 0; round < 4; round++) {
            var over = running.remove(0);
            room.left(over);
            wish(over.actor(), true, 1);
            room.next().ifPresent(job -> {
                running.add(job);
                begun.add(job.person());
            });
        }
        assertThat(begun).contains("alice");
    }

    @Test
    void shortJobGoesBeforeTheLongOnesOfTheSamePerson() {
        var alice = owner("alice");
        var slow = wish(alice, false, 20);
        assertThat(begun()).hasSize(4);
        var quick = wish(alice, true, 1).get(0);
        room.left(slow.get(0));
        assertThat(room.next()).contains(quick);
    }

    private List<Waiting> wish(Actor actor, boolean quick, int times) {
        var wished = new ArrayList<Waiting>();
        for (var time = 0; time < times; time++) {
            var job = new Waiting(++jobs, actor, quick);
            wished.add(job);
            room.enter(job);
        }
        return wished;
    }

    /** Whose jobs begin now. */
    private List<String> begun() {
        var people = new ArrayList<String>();
        for (var job = room.next(); job.isPresent(); job = room.next()) {
            people.add(job.get().person());
        }
        return people;
    }

    /** Whose jobs begin where nobody else is. */
    private static List<String> all(Actor actor) {
        var alone = new WaitingRoomTest();
        alone.wish(actor, false, 20);
        return alone.begun();
    }

    private static Actor owner(String name) {
        return new Actor(7, name, Role.OWNER, Via.WEB, "192.0.2.7");
    }
}
