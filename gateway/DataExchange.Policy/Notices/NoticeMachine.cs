using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Notices;

/// <summary>Command → event or refusal. A notice belongs to the department that asks by it; its steward writes it.</summary>
public static class NoticeMachine
{
    /// <summary>Longest record in bytes; an entry holds 65,535.</summary>
    private const int MaxRecord = 60_000;

    public static CommandOutcome Handle(NoticeCommand command, RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(rules);
        var entry = rules.NoticeRegister.Find(command.Code);
        if (command.By.Member is not { } member || !command.By.Is(Roles.Steward) || (entry is not null && (entry.Published ?? entry.Draft)!.Recipient != member))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A notice is written by a steward of the department that asks by it.");
        }

        return command switch
        {
            DraftNotice draft => Draft(draft, entry, member, rules),
            PublishNotice => Publish(entry, rules),
            _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
        };
    }

    private static CommandOutcome Draft(DraftNotice command, NoticeEntry? entry, string member, RegionSnapshot rules)
    {
        var notice = new ConsentNotice
        {
            Code = command.Code,
            Revision = (entry?.Published?.Revision ?? 0) + 1,
            Purpose = command.Purpose,
            Dataset = command.Dataset,
            Recipient = member,
            Fields = command.Fields,
            Texts = command.Texts,
            Method = command.Method is { Count: > 0 } method ? method : null,
            Change = command.Change,
        };
        return Fault(notice, entry?.Published, rules) ?? CommandOutcome.Accept(new NoticeDrafted(notice));
    }

    private static CommandOutcome Publish(NoticeEntry? entry, RegionSnapshot rules) =>
        entry is null ? CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such notice.")
        : entry.Draft is not { } draft ? CommandOutcome.Conflict("There is no draft to publish.", "draft")
        // Purpose or dataset may be others than when it was drafted.
        : Fault(draft, entry.Published, rules) ?? CommandOutcome.Accept(new NoticePublished(draft));

    private static CommandOutcome? Fault(ConsentNotice notice, ConsentNotice? before, RegionSnapshot rules)
    {
        if (!Codes.IsCode(notice.Code) || notice.Texts.Count == 0 || notice.Texts.Concat(notice.Method ?? []).Any(text => !IsLanguage(text.Key) || string.IsNullOrWhiteSpace(text.Value)))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A notice has a code, and texts by language, none of them empty.");
        }

        if (rules.FindPurpose(notice.Purpose) is null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.UnknownPurpose, "The purpose is not registered.");
        }

        if (rules.FindDataset(notice.Dataset) is not { } dataset)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "No such dataset is published.");
        }

        if (notice.Fields.Count == 0)
        {
            return CommandOutcome.Refuse(ProblemSlugs.FieldsRequired, "A notice names the fields that it speaks of.");
        }

        if (notice.Fields.Distinct(StringComparer.Ordinal).Count() != notice.Fields.Count || notice.Fields.Any(field => dataset.FindField(field) is null))
        {
            return CommandOutcome.Refuse(ProblemSlugs.UnknownField, "A field is named twice, or the dataset does not have it.");
        }

        if (before is null ? notice.Change is not null : notice.Change is not (NoticeChange.Wording or NoticeChange.Substance))
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A revision says whether it changes 'wording' or 'substance'; the first one does not.");
        }

        if (before is not null && notice.Change == NoticeChange.Wording && NoticeDifference.OfSubstance(before, notice) is { Count: > 0 } differences)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, $"This changes more than wording: {string.Join(", ", differences)}. People have to be asked again; say 'substance'.");
        }

        return GovernanceRecords.Write(new NoticeDrafted(notice)).Length > MaxRecord
            ? CommandOutcome.Refuse(ProblemSlugs.PayloadTooLarge, $"A notice has at most {MaxRecord} bytes.")
            : null;
    }

    private static bool IsLanguage(string tag) => tag.Length is >= 2 and <= 35 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetterLower(tag[0]);
}
