namespace DaprMoE.Text.Verification;

/// <summary>A clock on which it is always the same time, while intervals are measured as ever.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now;
}
