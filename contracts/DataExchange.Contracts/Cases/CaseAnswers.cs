using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Cases;

/// <summary>What came of one need of a gathering; the data of an event <c>need</c>.</summary>
public sealed record GatheredNeedView
{
    /// <summary>Code of the need.</summary>
    public required string Need { get; init; }

    /// <summary><c>released</c>, <c>no-record</c>, or <c>refused</c>: the problem says why.</summary>
    public required string Outcome { get; init; }

    /// <summary>The record with its receipt. The gateway does not keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordAnswer? Answer { get; init; }

    /// <summary>The record's values by their places in the matter's form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }

    /// <summary>Why there is no record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExchangeProblem? Problem { get; init; }
}

/// <summary>Answer of <c>POST /v1/cases/{id}/gather</c> where no event stream is accepted: what the stream's events say, in one document.</summary>
public sealed record CaseGathered
{
    /// <summary>What was asked for, in the order in which it ended.</summary>
    public required IReadOnlyList<GatheredNeedView> Needs { get; init; }

    /// <summary>The case with the results in it; absent with a problem.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseView? Case { get; init; }

    /// <summary>Why the results could not be entered into the case. The records above were released all the same; what is still missing can be gathered again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExchangeProblem? Problem { get; init; }
}

/// <summary>Answer of <c>POST /v1/cases/{id}/consents</c> and <c>POST /v1/me/cases/{id}/consents</c>.</summary>
public sealed record CaseConsents
{
    /// <summary>Path under which the person, signed in, finds everything that is asked of them for this case.</summary>
    public required string Link { get; init; }

    /// <summary>The consents, each with a receipt of its own where it was asked for or decided just now.</summary>
    public required IReadOnlyList<ConsentView> Consents { get; init; }

    /// <summary>Those that could not be asked for or decided, and why.</summary>
    public required IReadOnlyList<CaseConsentProblem> Problems { get; init; }
}

/// <summary>A consent that could not be asked for or decided.</summary>
/// <param name="About">Code of the need, or id of the consent.</param>
/// <param name="Problem">Why.</param>
public sealed record CaseConsentProblem(string About, ExchangeProblem Problem);

/// <summary>Answer of <c>GET /v1/matters/{code}/statistics</c>: what completed cases spared people, counted from the log.</summary>
/// <param name="Matter">Code of the matter.</param>
/// <param name="GovernanceSize">Size of the governance log that was counted over.</param>
/// <param name="Cases">Cases completed.</param>
/// <param name="DocumentsSpared">Documents that nobody had to carry.</param>
/// <param name="CountersSpared">Counters that nobody had to visit.</param>
/// <param name="Months">The same by month, in UTC.</param>
public sealed record MatterStatisticsView(string Matter, long GovernanceSize, int Cases, int DocumentsSpared, int CountersSpared, IReadOnlyList<MatterMonthView> Months);

/// <summary>One month of it.</summary>
/// <param name="Month"><c>yyyy-mm</c>.</param>
/// <param name="Cases">Cases completed.</param>
/// <param name="DocumentsSpared">Documents that nobody had to carry.</param>
/// <param name="CountersSpared">Counters that nobody had to visit.</param>
public sealed record MatterMonthView(string Month, int Cases, int DocumentsSpared, int CountersSpared);
