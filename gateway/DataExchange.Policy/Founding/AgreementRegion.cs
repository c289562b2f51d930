using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Founding;

/// <summary>What an agreement is held against: the region as its founding file has it, or as its rules have it by now.</summary>
/// <param name="FindMember">A member by its code.</param>
/// <param name="FindDataset">The published revision of a dataset.</param>
/// <param name="FindPurpose">A purpose by its code.</param>
/// <param name="DataAuthority">The member that co-signs over sensitive fields; null where the region has named none.</param>
internal sealed record AgreementRegion(
    Func<string, Member?> FindMember, Func<string, Dataset?> FindDataset, Func<string, Purpose?> FindPurpose, Member? DataAuthority)
{
    // First of several: repeated codes are a fault of their own, and must not hide the others.
    public static AgreementRegion Of(FoundingDocument document) => new(
        code => document.Members.FirstOrDefault(member => member.Code == code),
        code => document.Datasets.FirstOrDefault(dataset => dataset.Code == code),
        code => document.Purposes.FirstOrDefault(purpose => purpose.Code == code),
        document.Members.FirstOrDefault(member => member.DataAuthority));

    public static AgreementRegion Of(RegionSnapshot rules) =>
        new(rules.Membership.FindActive, rules.FindDataset, rules.FindPurpose, rules.Members.FirstOrDefault(member => member.DataAuthority));

    /// <summary>Who has to sign: provider and consumer, and the data authority where a sensitive field is granted. The dataset has to be there.</summary>
    public IEnumerable<string> PartiesOf(SharingAgreement agreement)
    {
        var dataset = FindDataset(agreement.Dataset) ?? throw new InvalidOperationException($"There is no dataset {agreement.Dataset}.");
        IEnumerable<string> authority = agreement.Grants.SelectMany(grant => grant.Fields).Any(field => dataset.FindField(field.Name) is { Sensitive: true })
            ? [DataAuthority?.Code ?? "(the data authority, which this region has not named)"]
            : [];
        return authority.Prepend(agreement.Consumer).Prepend(agreement.Provider).Distinct();
    }
}
