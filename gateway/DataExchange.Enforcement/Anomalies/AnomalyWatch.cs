using System.Globalization;
using DataExchange.Contracts.Calendars;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Telemetry;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>
/// Shows the engine every attempt of an official before it is decided, tells the decision what stands against them, and enters what is
/// found in the governance log before the attempt is answered. Without anomaly rules in force, and for systems, it does nothing.
/// </summary>
/// <remarks>
/// Each replica counts what passes through it. A crash between the attempt's entry and the finding's loses the finding, not the refusal;
/// whoever goes on is found again.
/// </remarks>
internal sealed class AnomalyWatch(AnomalyEngine engine, GovernanceLedger ledger, SubjectVault vault, IRelations relations, LogClock clock, EnforcementMetrics metrics)
{
    /// <summary>Characters of a handle that stand for its first eight bytes.</summary>
    private const int HandlePrefix = 16;

    /// <exception cref="SubjectVaultException">Whether the official is held cannot be told.</exception>
    public ValueTask<Watched> ObserveAsync(Asking asking, Subject subject, CancellationToken cancellationToken)
    {
        var rules = ledger.Current;
        if (rules.Monitoring is not { } set || asking.Actor.UserId is not { } user || rules.FindMemberByClient(asking.Actor.ClientId) is not { } member)
        {
            return default;
        }

        var official = new Official(asking.Actor.ClientId, user);
        var observation = engine.Observe(official, Attempt(asking, subject, official), set, WorkingCalendar.China);
        return rules.Anomalies.Count == 0
            ? new(Conclude(observation, [], set, member.Code, asking.Actor.Acr))
            : FindAsync(official, observation, rules, member.Code, asking.Actor.Acr, cancellationToken);
    }

    /// <summary>Adds where the attempt was logged and how it ended, and enters what was found.</summary>
    /// <param name="watched">What <see cref="ObserveAsync"/> returned.</param>
    /// <param name="index">The attempt's entry in the access log: the intent's or the refusal's.</param>
    /// <param name="problem">The code it was refused with; null when it was not.</param>
    /// <exception cref="TransparencyLog.LogUnavailableException">A finding could not be entered.</exception>
    /// <exception cref="SubjectVaultException">A finding could not be sealed.</exception>
    public ValueTask ConcludeAsync(in Watched watched, long index, string? problem)
    {
        engine.Conclude(watched.Observation, index, problem);
        return watched.Signals is null ? default : EnterAsync(watched, index);
    }

    private async ValueTask<Watched> FindAsync(Official official, Observation observation, RegionSnapshot rules, string member, string? acr, CancellationToken cancellationToken)
    {
        var known = await vault.ResolveAsync(OfficialSubject.Of(official), cancellationToken);
        return Conclude(observation, rules.Anomalies.Of(known.Handle), rules.Monitoring!, member, acr);
    }

    private Watched Conclude(in Observation observation, IReadOnlyList<AnomalyFinding> findings, AnomalyRuleSet set, string member, string? acr)
    {
        if (observation.Signals is null && findings.Count == 0)
        {
            return new Watched(observation, null, null, 0, member);
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.NowMs());
        List<AnomalyFact> facts = [.. findings.Where(finding => finding.IsHold()).Select(finding => new AnomalyFact(finding.Rule, finding.Action))];
        List<AnomalySignal>? entered = null;
        var until = 0L;
        foreach (var signal in observation.Signals ?? [])
        {
            if (findings.Any(finding => finding.Rule == signal.Rule && finding.IsExemption(now)))
            {
                continue;
            }

            // A token that shows the strong sign-in has met the demand; the decision needs to know nothing more.
            if (signal.Action != AnomalyAction.Report && !(signal.Action == AnomalyAction.StepUp && acr is not null && acr == set.StepUpAcr))
            {
                facts.Add(new AnomalyFact(signal.Rule, signal.Action));
                until = signal.Action == AnomalyAction.Throttle ? Math.Max(until, signal.UntilMs) : until;
            }

            if (signal.IsNew)
            {
                (entered ??= []).Add(signal);
            }
        }

        return new Watched(observation, entered, facts.Count == 0 ? null : [.. facts.Distinct()], until, member);
    }

    private async ValueTask EnterAsync(Watched watched, long index)
    {
        var official = watched.Observation.Official;
        foreach (var signal in watched.Signals!)
        {
            try
            {
                // Not under the caller's token: whoever hangs up is found all the same.
                var subject = await vault.ResolveAsync(OfficialSubject.Of(official), CancellationToken.None);
                var command = new RecordAnomaly
                {
                    Subject = subject.Handle, Signal = signal, Member = watched.Member!, Official = OfficialSubject.Seal(subject, official), Index = index,
                };
                await ledger.ExecuteAsync(command, subject, CancellationToken.None);
                metrics.Found(signal.Rule, signal.Action.ToString());
            }
            catch
            {
                engine.Unfind(official, signal.Rule);
                throw;
            }
        }
    }

    private AccessAttempt Attempt(Asking asking, Subject subject, Official official) => new()
    {
        TimeMs = clock.NowMs(),
        Subject = Prefix(subject.Handle),
        Number = SubjectNumber.Sequence(asking.Query.Subject),
        Dataset = asking.Dataset,
        NamesCase = asking.Query.Case is not null,
        Relation = relations.Find(official, asking.Query.Subject),
    };

    internal static ulong Prefix(SubjectHandle handle) => ulong.Parse(handle.Value.AsSpan(0, HandlePrefix), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
