using System.Globalization;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-NOW over HTTP: consent is given and withdrawn over and over while others ask without pause.</summary>
public sealed class ImmediateWithdrawal(SharedGateway shared) : GatewayTest(shared)
{
    private const int Rounds = 250;
    private const int Askers = 8;
    private const string Dataset = "human-resources/social-insurance";
    private const string Purpose = "rental-housing-application";

    [Fact]
    public async Task No_outcome_decided_under_a_withdrawn_consent_commits_after_the_withdrawal_is_acknowledged()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var (tries, releases) = (0, 0);

        for (var round = 0; round < Rounds; round++)
        {
            var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
            Assert.Equal("given", (await citizen.DecideConsentAsync(consent.Id, "give")).Released.State);

            using var withdrawn = new CancellationTokenSource();
            var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var askers = Enumerable.Range(0, Askers).Select(async _ =>
            {
                var seen = new List<RecordAnswer>();
                do
                {
                    Interlocked.Increment(ref tries);
                    var answer = await housing.QueryAsync(Dataset, person.Number, Purpose, "status");
                    if (answer.Body is { } record)
                    {
                        seen.Add(record);
                        released.TrySetResult();
                    }
                    else
                    {
                        Assert.Equal("consent-not-valid", answer.Problem?.Code);
                    }
                }
                while (!withdrawn.IsCancellationRequested);
                return seen;
            }).ToArray();

            ConsentView withdrawal;
            RecordAnswer marker;
            try
            {
                if (round % 2 == 0)
                {
                    // Every other round withdraws while records are being released for certain; the rest race the very first of them.
                    await await Task.WhenAny(askers.Append(released.Task));
                }

                withdrawal = (await citizen.DecideConsentAsync(consent.Id, "withdraw")).Released;
                // What the access log holds at this moment came before the acknowledgement or was decided under the newer rules.
                marker = (await housing.QueryAsync("public-security/residence", person.Number, Purpose, "name")).Released;
            }
            finally
            {
                await withdrawn.CancelAsync();
            }

            foreach (var record in (await Task.WhenAll(askers)).SelectMany(seen => seen))
            {
                releases++;
                var pinned = record.Receipt.Opening!.Record.GetProperty("governance").GetInt64();
                Assert.True(pinned <= withdrawal.LogIndex, "A record was released under rules that hold the withdrawal.");
                Assert.True(
                    record.Receipt.Index < marker.Receipt.Index,
                    string.Create(CultureInfo.InvariantCulture, $"Round {round}: outcome {record.Receipt.Index} came after the withdrawal was acknowledged (before {marker.Receipt.Index})."));
            }
        }

        Assert.True(tries >= 2000, $"Only {tries} tries were raced.");
        Assert.True(releases >= Rounds / 2, $"Only {releases} records were released, so little was raced.");
    }
}
