using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Erasures;
using DataExchange.TransparencyLog;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Erasures;

/// <summary>A region with two people who have consented, of whom the first is erased.</summary>
internal static class ErasedRegion
{
    public static Task<ErasureOutcome> EraseAsync(LedgerRegion region) =>
        region.Get<SubjectErasure>().EraseAsync([ZhangSan], ErasureBasis.ConsentWithdrawn, "operator", TestContext.Current.CancellationToken);

    public static async Task<(Subject Zhang, Subject Li)> ConsentingAsync(LedgerRegion region)
    {
        var (zhang, li) = (await region.ResolveAsync(ZhangSan), await region.ResolveAsync(LiSi));
        foreach (var person in new[] { zhang, li })
        {
            await region.DecideAsync(person, (await region.RequestAsync(person)).Consent!.Id, ConsentDecision.Give);
        }

        return (zhang, li);
    }

    public static Leaf Decode(StoredEntry entry) => Leaf.TryDecode(entry.Leaf, out var leaf) ? leaf : throw new InvalidDataException("Not a leaf.");
}
