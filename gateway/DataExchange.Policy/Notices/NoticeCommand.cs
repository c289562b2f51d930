using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Notices;

/// <summary>What a steward wants to happen to a notice of their department.</summary>
public abstract record NoticeCommand : GovernanceCommand
{
    public required string Code { get; init; }

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => NoticeMachine.Handle(this, rules);

    public override long? VersionIn(RegionSnapshot rules) => rules.NoticeRegister.Find(Code)?.LogIndex;
}

/// <summary>Draft the first revision, or the next; the number is given by the register.</summary>
public sealed record DraftNotice : NoticeCommand
{
    public required string Purpose { get; init; }
    public required string Dataset { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required LocalizedText Texts { get; init; }
    public LocalizedText? Method { get; init; }
    /// <summary>Required from the second revision on.</summary>
    public NoticeChange? Change { get; init; }
}

/// <summary>Publish the draft.</summary>
public sealed record PublishNotice : NoticeCommand;
