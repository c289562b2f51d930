namespace DataExchange.Contracts.Scorecards;

/// <summary>Running counts of one department.</summary>
internal sealed class DepartmentCount
{
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private long _unavailable;
    private long _timedOut;
    private long _schemaFaults;
    private long _otherFailures;
    private long _attempts;
    private long _refused;
    private long _justified;
    private long _unjustified;

    public long Asked { get; set; }

    public long Released { get; set; }

    public long Answered { get; set; }

    public long OnTime { get; set; }

    public long MissedClocks { get; set; }

    public long Found { get; set; }

    public void Fail(string problem)
    {
        switch (problem)
        {
            case "provider-unavailable":
                _unavailable++;
                break;
            case "provider-timeout":
                _timedOut++;
                break;
            case "provider-schema-violation" or "provider-subject-mismatch":
                _schemaFaults++;
                break;
            default:
                _otherFailures++;
                break;
        }
    }

    public void Attempt(bool isNew, string? refusal)
    {
        _attempts += isNew ? 1 : 0;
        if (refusal is not null)
        {
            _refused++;
            _refusals[refusal] = _refusals.GetValueOrDefault(refusal) + 1;
        }
    }

    public void Close(string state)
    {
        _justified += state == "Justified" ? 1 : 0;
        _unjustified += state == "Unjustified" ? 1 : 0;
    }

    public DepartmentScorecard ToScorecard(string member) => new(
        member,
        new ProviderScorecard(
            Asked, Released, _unavailable, _timedOut, _schemaFaults, _otherFailures,
            ScorecardCount.Share(Released, Released + _unavailable + _timedOut + _schemaFaults)),
        new ConsumerScorecard(_attempts, _refused, [.. _refusals.Select(refusal => new CodeCount(refusal.Key, refusal.Value))], ScorecardCount.Share(_refused, _attempts)),
        new AgreementScorecard(Answered, OnTime, MissedClocks, ScorecardCount.Share(OnTime, Answered)),
        new OfficialsScorecard(Found, _justified, _unjustified));
}
