using DataExchange.Policy.Consents;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Tests.Fixture;

internal static class ConsentEvents
{
    extension(GovernanceEvent @event)
    {
        /// <summary>The consent that an event about one left.</summary>
        public ConsentRecord Consent => (ConsentRecord)((PersonalChanged)@event).Record;
    }
}
