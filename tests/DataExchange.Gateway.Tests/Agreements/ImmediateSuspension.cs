using System.Globalization;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Agreements;

/// <summary>P-NOW for agreements, over HTTP: suspended and resumed over and over while others ask without pause, and terminated in the end.</summary>
public sealed class ImmediateSuspension(SharedGateway shared) : GatewayTest(shared)
{
    private const int Rounds = 60;
    private const int Askers = 8;
    private const string Dataset = "human-resources/social-insurance";
    private const string Purpose = "rental-housing-application";

    [Fact]
    public async Task No_outcome_decided_under_a_suspended_agreement_commits_after_the_suspension_is_acknowledged()
    {
        var maker = await AgreementMaker.SignInAsync(Gateway, AgreementMaker.Document("race-insurance", "service-centre", Dataset, Purpose, "status"));
        await maker.MakeAsync();
        var centre = await Api.OfClientAsync(Client, "service-centre");
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var releases = 0;

        for (var round = 0; round < Rounds; round++)
        {
            using var ended = new CancellationTokenSource();
            var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var askers = Enumerable.Range(0, Askers).Select(async _ =>
            {
                var seen = new List<RecordAnswer>();
                do
                {
                    var answer = await centre.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "status");
                    if (answer.Body is { } record)
                    {
                        seen.Add(record);
                        released.TrySetResult();
                    }
                    else
                    {
                        Assert.Equal("agreement-not-active", answer.Problem?.Code);
                    }
                }
                while (!ended.IsCancellationRequested);
                return seen;
            }).ToArray();

            AgreementView end;
            RecordAnswer marker;
            try
            {
                await await Task.WhenAny(askers.Append(released.Task));
                end = await maker.TakeAsync(maker.Provider, round == Rounds - 1 ? "terminate" : "suspend", new AgreementReason("A test."));

                // What the access log holds at this moment came before the acknowledgement or was decided under the newer rules.
                marker = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, Purpose, "name")).Released;
            }
            finally
            {
                await ended.CancelAsync();
            }

            foreach (var record in (await Task.WhenAll(askers)).SelectMany(seen => seen))
            {
                releases++;
                Assert.True(record.Receipt.Opening!.Record.GetProperty("governance").GetInt64() <= end.LogIndex, "A record was released under rules that hold the end.");
                Assert.True(
                    record.Receipt.Index < marker.Receipt.Index,
                    string.Create(CultureInfo.InvariantCulture, $"Round {round}: outcome {record.Receipt.Index} came after the end was acknowledged (before {marker.Receipt.Index})."));
            }

            if (round < Rounds - 1)
            {
                await maker.TakeAsync(maker.Provider, "resume", new AgreementReason("A test."));
            }
        }

        Assert.True(releases >= Rounds, $"Only {releases} records were released, so little was raced.");
    }
}
