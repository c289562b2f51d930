using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Quotas;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Telemetry;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>Puts the question to the rules, and counts quotas.</summary>
internal sealed class Judge(QuotaWindows quotas, EnforcementMetrics metrics)
{
    /// <summary>Decides a new request. One that is permitted counts against its agreement's quota.</summary>
    public ValueTask<Judgement> DecideAsync(Asking asking, Subject subject, RegionSnapshot snapshot, long timeMs, in Watched watched)
    {
        var query = asking.Query;
        var judgement = Decide(query.Subject, new ExchangeRequest
        {
            Actor = asking.Actor,
            Subject = subject.Handle,
            SubjectScheme = query.Subject.Scheme,
            BirthDate = SubjectNumber.BirthDate(query.Subject),
            Dataset = asking.Dataset,
            Purpose = query.Purpose,
            Fields = query.Fields,
            Mode = asking.Mode,
            Lenient = asking.Lenient,
            Case = query.Case,
            Mandate = query.Mandate,
            BreakGlass = query.BreakGlass,
            Anomalies = watched.Facts,
        }, snapshot, timeMs);
        if (judgement.Decision.Problem == ProblemSlugs.Throttled)
        {
            judgement = judgement with { RetryAfter = TimeSpan.FromMilliseconds(watched.UntilMs - timeMs) };
        }

        if (judgement.Asks && QuotaWindows.QuotaOf(judgement.Decision.Agreement!, snapshot) is { } quota)
        {
            return CountAsync(judgement, quota, snapshot);
        }

        metrics.Decided(judgement.Code);
        return new(judgement);
    }

    /// <summary>Decides the same request under other rules or at another time. Nothing is counted: it was, the first time.</summary>
    /// <param name="earlier">The latest judgement.</param>
    /// <param name="snapshot">The rules now.</param>
    /// <param name="timeMs">When, in milliseconds since the Unix epoch.</param>
    /// <param name="exchange">Index of the intent, once uses of consents are counted for it.</param>
    public Judgement DecideAgain(Judgement earlier, RegionSnapshot snapshot, long timeMs, long? exchange = null)
    {
        metrics.DecidedAgain();
        return Decide(earlier.Subject, exchange is null ? earlier.Request : earlier.Request with { Exchange = exchange }, snapshot, timeMs);
    }

    /// <summary>Pure: the request, the rules and the time, and nothing else.</summary>
    public static Judgement Decide(SubjectRef subject, ExchangeRequest request, RegionSnapshot snapshot, long timeMs)
    {
        var decision = PolicyDecisionPoint.Decide(request, snapshot, DateTimeOffset.FromUnixTimeMilliseconds(timeMs));
        return new Judgement
        {
            Subject = subject,
            Request = request,
            Decision = decision,
            Dataset = decision.ForCaller().Served ?? snapshot.FindDataset(request.Dataset),
            Governance = snapshot.GovernanceSize,
            TimeMs = timeMs,
        };
    }

    // Which agreement applies is for the rules to say, so they are asked twice: without the count, then with it. Taking a place first
    // and asking afterwards means that of many requests at once exactly as many pass as the quota says.
    private async ValueTask<Judgement> CountAsync(Judgement judgement, Quota quota, RegionSnapshot snapshot)
    {
        var (used, windowEnd) = await quotas.TakeAsync(judgement.Decision.Agreement!, quota, judgement.TimeMs, AgreementClocks.CalendarOf(snapshot).Offset);
        var counted = used == 0 ? judgement : Decide(judgement.Subject, judgement.Request with { QuotaUsed = used }, snapshot, judgement.TimeMs);
        metrics.Decided(counted.Code);
        return counted.Decision.Problem == ProblemSlugs.QuotaExceeded
            ? counted with { RetryAfter = TimeSpan.FromMilliseconds(windowEnd - judgement.TimeMs) }
            : counted;
    }
}
