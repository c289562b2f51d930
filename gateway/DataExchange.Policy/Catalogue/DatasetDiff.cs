using DataExchange.Policy.Model;
using static DataExchange.Policy.Catalogue.DatasetChangeKind;

namespace DataExchange.Policy.Catalogue;

/// <summary>
/// Compares two revisions of a dataset. A change is breaking when a receiver of the older revision could get what that revision rules
/// out, or when it holds the receiver to something that nobody who signed over the older revision has agreed to.
/// </summary>
public static class DatasetDiff
{
    private static readonly Dataset Nothing = new()
    {
        Code = "", Revision = 0, Names = [], SubjectScheme = "", Fields = [], Format = "", UpdateFrequency = "", ShareClass = ShareClass.Unconditional, Classification = "",
    };

    /// <summary>Every change, those of the whole first, then field by field in the order of the older revision and then of the newer.</summary>
    /// <param name="older">The revision before; null where there is none, which breaks nothing.</param>
    /// <param name="newer">The revision after.</param>
    public static IReadOnlyList<DatasetChange> Between(Dataset? older, Dataset newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        var changes = new List<DatasetChange>();
        if (older is not null)
        {
            CompareWhole(older, newer, changes);
            CompareSharing(older, newer, changes);
        }

        older ??= Nothing;
        foreach (var field in older.Fields)
        {
            if (newer.FindField(field.Name) is { } now)
            {
                CompareField(field, now, changes);
            }
            else
            {
                changes.Add(new(FieldRemoved, field.Name, field.Type.ToString(), null, true, "Receivers that rely on the field get nothing any more."));
            }
        }

        foreach (var field in newer.Fields.Where(field => older.FindField(field.Name) is null))
        {
            changes.Add(new(FieldAdded, field.Name, null, field.Type.ToString(), false, "No older agreement grants it, so nobody gets it."));
        }

        return changes;
    }

    /// <summary>Whether an agreement over the older revision can go on under the newer: no breaking change concerns what it stands on.</summary>
    public static bool Preserves(Dataset older, Dataset newer, SharingAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return !Between(older, newer).Any(change => change.Breaks(agreement));
    }

    private static void CompareWhole(Dataset older, Dataset newer, List<DatasetChange> changes)
    {
        Changed(SubjectSchemeChanged, older.SubjectScheme, newer.SubjectScheme, true, "It is about other subjects, named in another way.");
        Changed(FormatChanged, older.Format, newer.Format, true, "Receivers were built for the older format.");
        Changed(UpdateFrequencyChanged, older.UpdateFrequency, newer.UpdateFrequency, false, "The form of the records stays the same.");
        Changed(ClassificationChanged, older.Classification, newer.Classification, true, "Another level asks for other protection than was agreed.");
        Changed(AssessmentChanged, older.ImpactAssessment, newer.ImpactAssessment, false, "The records stay the same.");
        Changed(AssessmentChanged, older.SecrecyAssessment, newer.SecrecyAssessment, false, "The records stay the same.");
        Changed(DescriptionChanged, older.Theme, newer.Theme, false, "The records stay the same.");
        Changed(DescriptionChanged, Text(older.Names), Text(newer.Names), false, "The records stay the same.");
        Changed(DescriptionChanged, Text(older.Descriptions), Text(newer.Descriptions), false, "The records stay the same.");
        if (older.Grade is { } before && newer.Grade is { } after && before != after)
        {
            changes.Add(after > before
                ? new(GradeRaised, null, before.ToString(), after.ToString(), true, "A higher grade asks for more protection than was agreed.")
                : new(GradeLowered, null, before.ToString(), after.ToString(), false, "What was agreed protects enough."));
        }

        void Changed(DatasetChangeKind kind, string? from, string? to, bool breaking, string why)
        {
            if (from != to)
            {
                changes.Add(new(kind, null, from, to, breaking, why));
            }
        }
    }

    private static void CompareSharing(Dataset older, Dataset newer, List<DatasetChange> changes)
    {
        if (older.ShareClass != newer.ShareClass)
        {
            changes.Add(newer.ShareClass < older.ShareClass
                ? new(ShareClassTightened, null, older.ShareClass.ToString(), newer.ShareClass.ToString(), true, "Sharing now asks for more than was agreed, or is prohibited.")
                : new(ShareClassLoosened, null, older.ShareClass.ToString(), newer.ShareClass.ToString(), false, "What was agreed is more than is asked for now."));
        }

        if (newer.ShareClass == ShareClass.Conditional)
        {
            if (older.Conditions != newer.Conditions && newer.Conditions is not null)
            {
                changes.Add(new(ConditionsReworded, null, older.Conditions, newer.Conditions, true, "Nobody has agreed to these words."));
            }

            if (older is { ShareClass: ShareClass.Conditional, ShareConditions: null } && newer is { ShareConditions: { } named } && older.Conditions == newer.Conditions)
            {
                changes.Add(new(ConditionsItemised, null, null, string.Join(", ", named.Select(condition => condition.Code)), false, "The words that were agreed to stay."));
            }
            else
            {
                CompareConditions(older.ShareConditions ?? [], newer.ShareConditions ?? [], changes);
            }
        }

        if (newer.Prohibition != older.Prohibition)
        {
            changes.Add(new(ProhibitionChanged, null, older.Prohibition, newer.Prohibition, false, "Whether sharing is prohibited is told by the share class."));
        }

        var (use, nextUse) = (Text(older.ConditionsOfUse), Text(newer.ConditionsOfUse));
        if (use != nextUse)
        {
            changes.Add(use is null
                ? new(ConditionsOfUseStated, null, null, nextUse, false, "Where nothing was said before, the agreement says what it allows.")
                : new(ConditionsOfUseChanged, null, use, nextUse, true, "Receivers are bound by the conditions that they signed under."));
        }

        // A dataset that lists no mode is shared in each that an agreement names.
        ExchangeMode[] all = [ExchangeMode.Query, ExchangeMode.Batch];
        var (before, after) = (older.Modes ?? all, newer.Modes ?? all);
        changes.AddRange(before.Except(after).Select(mode => new DatasetChange(ModeRemoved, null, mode.ToString(), null, true, "Receivers that use the mode are refused.")));
        changes.AddRange(after.Except(before).Select(mode => new DatasetChange(ModeAdded, null, null, mode.ToString(), false, "Older agreements may go on as they did.")));
    }

    private static void CompareConditions(IReadOnlyList<ShareCondition> older, IReadOnlyList<ShareCondition> newer, List<DatasetChange> changes)
    {
        foreach (var condition in older)
        {
            if (newer.FirstOrDefault(c => c.Code == condition.Code) is not { } now)
            {
                changes.Add(new(ConditionRemoved, null, condition.Code, null, false, "What was agreed is more than is asked for now."));
            }
            else if (Text(condition.Names) != Text(now.Names) || condition.Citation != now.Citation)
            {
                changes.Add(new(ConditionReworded, null, Text(condition.Names), Text(now.Names), true, $"Nobody has agreed to these words of '{condition.Code}'."));
            }
        }

        foreach (var condition in newer.Where(c => older.All(o => o.Code != c.Code)))
        {
            changes.Add(new(ConditionAdded, null, null, condition.Code, true, "Nobody has been asked whether the condition is met."));
        }
    }

    private static void CompareField(DatasetField older, DatasetField newer, List<DatasetChange> changes)
    {
        if (older.Type != newer.Type)
        {
            Add(TypeChanged, older.Type.ToString(), newer.Type.ToString(), true, "Receivers read values of the older type.");
        }

        if (older.Nullable != newer.Nullable)
        {
            Add(
                newer.Nullable ? BecameNullable : NoLongerNullable, null, null, newer.Nullable,
                newer.Nullable ? "The older revision promised that there is always a value." : "Receivers may get a value each time, which they always could.");
        }

        if (older.Sensitive != newer.Sensitive)
        {
            Add(
                newer.Sensitive ? BecameSensitive : NoLongerSensitive, null, null, newer.Sensitive,
                newer.Sensitive ? "A sensitive field needs the data authority's signature and separate consent (PIPL art. 29)." : "What was agreed protects enough.");
        }

        if (older.Category != newer.Category)
        {
            Add(CategoryChanged, older.Category, newer.Category, true, "The field holds another kind of data than people and departments were told.");
        }

        if (older.Type == FieldType.String && newer.Type == FieldType.String && older.MaxLength != newer.MaxLength)
        {
            var grown = newer.MaxLength > older.MaxLength;
            Add(
                grown ? MaxLengthGrown : MaxLengthShrunk, $"{older.MaxLength}", $"{newer.MaxLength}", grown,
                grown ? "Values may be longer than receivers have room for." : "Every value fits where the longer ones did.");
        }

        foreach (var transform in older.Transforms.Except(newer.Transforms))
        {
            Add(TransformRemoved, transform.ToString(), null, true, "Agreements that release the field so are refused.");
        }

        foreach (var transform in newer.Transforms.Except(older.Transforms))
        {
            Add(TransformAdded, null, transform.ToString(), false, "Older agreements go on as they did.");
        }

        if (Text(older.Names) != Text(newer.Names))
        {
            Add(FieldNamesChanged, Text(older.Names), Text(newer.Names), false, "The values stay the same.");
        }

        void Add(DatasetChangeKind kind, string? from, string? to, bool breaking, string why) => changes.Add(new(kind, older.Name, from, to, breaking, why));
    }

    /// <summary>All languages in one line, in the order of their tags.</summary>
    private static string? Text(LocalizedText? text) =>
        text is null ? null : string.Join(" / ", text.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));
}
