using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Consents;

namespace DataExchange.Enforcement.Tests.Support;

internal static class ConsentResults
{
    extension(CommandResult result)
    {
        /// <summary>The consent that an accepted command left; null for a refused one.</summary>
        public ConsentRecord? Consent => (ConsentRecord?)result.Record;
    }
}
