using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Consents;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>Lets people give and withdraw the one consent there is.</summary>
internal static class Consenting
{
    /// <summary>Consents to the phone number; returns the consent's id.</summary>
    public static async Task<string> GiveConsentAsync(this TestGateway gateway, SubjectRef person, int? maxUses = null, ConsentPeriod? period = null)
    {
        var subject = await gateway.Vault.ResolveAsync(person, CancellationToken.None);
        var requested = await ExecuteAsync(gateway, person, new RequestConsent
        {
            By = TestRegion.HousingSystem,
            Subject = subject.Handle,
            Recipient = TestRegion.Housing,
            Notice = TestRegion.PhoneNotice,
            Language = "en",
            Purpose = TestRegion.Rental,
            Dataset = TestRegion.Residence,
            Fields = ["phone"],
            Kind = ConsentKind.General,
            ValidTo = new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero),
            MaxUses = maxUses,
            Period = period,
        });
        await ExecuteAsync(gateway, person, new DecideConsent { By = TestRegion.Self(subject.Handle), Subject = subject.Handle, Id = requested.Id, Decision = ConsentDecision.Give });
        return requested.Id;
    }

    public static async Task WithdrawAsync(this TestGateway gateway, SubjectRef person, string id)
    {
        var subject = await gateway.Vault.ResolveAsync(person, CancellationToken.None);
        await ExecuteAsync(gateway, person, new DecideConsent { By = TestRegion.Self(subject.Handle), Subject = subject.Handle, Id = id, Decision = ConsentDecision.Withdraw });
    }

    private static async Task<ConsentRecord> ExecuteAsync(TestGateway gateway, SubjectRef person, ConsentCommand command)
    {
        CommandResult result = await gateway.Ledger.ExecuteAsync(command, await gateway.Vault.ResolveAsync(person, CancellationToken.None), CancellationToken.None);
        Assert.Null(result.Problem);
        return result.Consent!;
    }
}
