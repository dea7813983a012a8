/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import java.time.Duration;

/** What happened while nodes agree on keys; one sentence of it, without its full stop. */
public sealed interface AgreementEvent {
  String sentence();

  /** Whether somebody should look after it. */
  boolean isTrouble();

  /** The fleet has other times than this node was given. */
  record TimesAdopted(FleetTimes agreed, FleetTimes own) implements AgreementEvent {
    @Override
    public String sentence() {
      return "The fleet has a new ticket key every "
          + shown(agreed.rotateEvery())
          + ", and tickets live "
          + shown(agreed.ticketLifetime())
          + ": these hold here too, not the "
          + shown(own.rotateEvery())
          + " and "
          + shown(own.ticketLifetime())
          + " that this node was given";
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** All keys of before are refused. */
  record Rotated(long generation, int keys) implements AgreementEvent {
    @Override
    public String sentence() {
      return "By order of `keys rotate --now` "
          + keys
          + " ticket keys are erased and refused; new ones take their place";
    }

    @Override
    public boolean isTrouble() {
      return false;
    }
  }

  /** What is in Redis is not this fleet's. */
  record Stranger(String fleet) implements AgreementEvent {
    @Override
    public String sentence() {
      return "What Redis holds of the fleet "
          + fleet
          + " was written under another fleet key, so this node shares no keys; give it the same"
          + " --fleet-key as the others, or another --fleet-name";
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** It is this fleet's now. */
  record StrangerNoMore(String fleet) implements AgreementEvent {
    @Override
    public String sentence() {
      return "The fleet " + fleet + " is this node's again, and it shares the others' keys";
    }

    @Override
    public boolean isTrouble() {
      return false;
    }
  }

  /** A key of another node that must not be used. */
  record KeyRefused(String why) implements AgreementEvent {
    @Override
    public String sentence() {
      return "A ticket key of another node is not used: it " + why;
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  private static String shown(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
