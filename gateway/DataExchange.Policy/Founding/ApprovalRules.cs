using DataExchange.Policy.Model;

namespace DataExchange.Policy.Founding;

/// <summary>An agreement is in force only with the signatures of its provider and its consumer, and of the data authority where it grants a sensitive field.</summary>
internal static class ApprovalRules
{
    public static void Check(FoundingDocument document, FoundingFaults faults)
    {
        for (var i = 0; i < document.Agreements.Count; i++)
        {
            var path = $"$.agreements[{i}].approvals";
            var signed = document.Agreements[i];
            var signers = new HashSet<string>(StringComparer.Ordinal);
            foreach (var jws in signed.Approvals)
            {
                if (Approval.TryVerify(jws, signed.Agreement, document.Members, out var signer))
                {
                    signers.Add(signer);
                }
                else
                {
                    faults.Add(path, "holds a signature that does not verify against the agreement and the members' keys; sign this very revision anew.");
                }
            }

            foreach (var party in AgreementRegion.Of(document).PartiesOf(signed.Agreement).Where(party => !signers.Contains(party)))
            {
                faults.Add(path, $"the signature of '{party}' is missing.");
            }
        }
    }
}
