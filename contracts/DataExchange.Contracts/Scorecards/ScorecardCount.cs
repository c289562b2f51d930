using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Scorecards;

/// <summary>
/// The formula of scorecards, version 1. Entries of the access log come in any order; those of the governance log in theirs, from the
/// first on. The gateway and <c>dx scorecard</c> run this; <c>tests/verifier/scorecard.py</c> says the same a second time.
/// </summary>
public sealed class ScorecardCount(ScorecardPeriod period)
{
    /// <summary>Version of the formula.</summary>
    public const int Formula = 1;

    private const string AgreementApproved = "agreement.approved";
    private const string AgreementRefused = "agreement.refused";
    private const string AgreementEscalated = "agreement.escalated";
    private const string ReplyClocks = "reply-";

    private readonly SortedDictionary<string, DepartmentCount> _departments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Client, string User), OfficialCount> _officials = new(Comparer<(string Client, string User)>.Create(
        (one, other) => string.CompareOrdinal(one.Client, other.Client) is var byClient and not 0 ? byClient : string.CompareOrdinal(one.User, other.User)));
    private readonly HashSet<(string Id, int Revision, string Member)> _late = [];
    private long _requested;
    private long _released;
    private long _refused;
    private long _failed;
    private long _findings;
    private long _unopened;

    /// <summary>Counts an entry; one that does not count changes nothing.</summary>
    /// <exception cref="FormatException">The record is not one of its kind.</exception>
    public void Add(in ScorecardEntry entry)
    {
        try
        {
            if (entry.IsAccess)
            {
                AddAccess(entry);
            }
            else
            {
                AddGovernance(entry);
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"Entry {entry.Index} of the {(entry.IsAccess ? "access" : "governance")} log is no '{entry.Kind}' that the formula can read."), exception);
        }
    }

    /// <summary>The card of what was counted, over these entries.</summary>
    public Scorecard ToScorecard(ScorecardRange access, ScorecardRange governance) => new(
        Formula, period.ToString(), access, governance,
        new ScorecardTotals(_requested, _released, _refused, _failed, _findings, _unopened),
        [.. _departments.Select(department => department.Value.ToScorecard(department.Key))]);

    /// <summary>What was counted of each official, by client and user.</summary>
    public IReadOnlyList<OfficialScorecard> ToOfficials() => [.. _officials.Select(official => new OfficialScorecard(
        official.Key.Client, official.Key.User, official.Value.Attempts, official.Value.Refused, official.Value.Member, Share(official.Value.Refused, official.Value.Attempts)))];

    /// <summary>A part of a whole with four places, rounded down; null where there is no whole.</summary>
    public static string? Share(long part, long whole) => whole == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{part / whole}.{part % whole * 10_000 / whole:0000}");

    private void AddAccess(in ScorecardEntry entry)
    {
        if (!IsInPeriod(entry))
        {
            return;
        }

        switch (entry.Kind)
        {
            case LeafKinds.AccessRequested:
                _requested++;
                break;
            case LeafKinds.AccessReleased:
                _released++;
                break;
            case LeafKinds.AccessRefused:
                _refused++;
                break;
            case LeafKinds.AccessFailed:
                _failed++;
                break;
            default:
                return;
        }

        if (entry.Record is not { } record)
        {
            _unopened++;
            return;
        }

        var provider = Department(record.GetProperty("provider").GetString()!);
        var consumer = record.TryGetProperty("consumer", out var code) ? Department(code.GetString()!) : null;
        switch (entry.Kind)
        {
            case LeafKinds.AccessRequested:
                provider.Asked++;
                Attempt(record, consumer, refusal: null);
                break;
            case LeafKinds.AccessReleased:
                provider.Released++;
                break;
            case LeafKinds.AccessRefused:
                Attempt(record, consumer, record.GetProperty("decision").GetProperty("problem").GetString()!);
                break;
            default:
                provider.Fail(record.GetProperty("problem").GetString()!);
                break;
        }
    }

    // A refusal after an intent is the same attempt a second time.
    private void Attempt(JsonElement record, DepartmentCount? consumer, string? refusal)
    {
        var isNew = !record.TryGetProperty("intent", out _);
        consumer?.Attempt(isNew, refusal);
        var actor = record.GetProperty("request").GetProperty("actor");
        if (actor.TryGetProperty("userId", out var user))
        {
            var key = (actor.GetProperty("clientId").GetString()!, user.GetString()!);
            if (!_officials.TryGetValue(key, out var official))
            {
                _officials[key] = official = new OfficialCount();
            }

            official.Member = record.TryGetProperty("consumer", out var member) ? member.GetString() : official.Member;
            official.Attempts += isNew ? 1 : 0;
            official.Refused += refusal is null ? 0 : 1;
        }
    }

    private void AddGovernance(in ScorecardEntry entry)
    {
        if (entry.TimeMs >= period.EndMs)
        {
            return;
        }

        switch (entry.Kind)
        {
            case AgreementEscalated when entry.Record is { } record:
                var late = record.GetProperty("late").GetString()!;
                if (record.GetProperty("clock").GetString()!.StartsWith(ReplyClocks, StringComparison.Ordinal))
                {
                    _late.Add((record.GetProperty("id").GetString()!, record.GetProperty("revision").GetInt32(), late));
                }

                Department(late).MissedClocks += IsInPeriod(entry) ? 1 : 0;
                break;
            case AgreementApproved or AgreementRefused when entry.Record is { } record && IsInPeriod(entry):
                var member = record.GetProperty("member").GetString()!;
                var department = Department(member);
                department.Answered++;
                department.OnTime += _late.Contains((record.GetProperty("id").GetString()!, record.GetProperty("revision").GetInt32(), member)) ? 0 : 1;
                break;
            case LeafKinds.AnomalyFound when IsInPeriod(entry):
                _findings++;
                if (entry.Record is { } found)
                {
                    Department(found.GetProperty("member").GetString()!).Found++;
                }
                else
                {
                    _unopened++;
                }

                break;
            case LeafKinds.AnomalyClosed when IsInPeriod(entry) && entry.Record is { } closed:
                Department(closed.GetProperty("member").GetString()!).Close(closed.GetProperty("state").GetString()!);
                break;
            default:
                break;
        }
    }

    private bool IsInPeriod(in ScorecardEntry entry) => entry.TimeMs >= period.StartMs && entry.TimeMs < period.EndMs;

    private DepartmentCount Department(string member)
    {
        if (!_departments.TryGetValue(member, out var department))
        {
            _departments[member] = department = new DepartmentCount();
        }

        return department;
    }

    private sealed class OfficialCount
    {
        public string? Member { get; set; }

        public long Attempts { get; set; }

        public long Refused { get; set; }
    }
}
