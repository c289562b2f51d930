using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Members;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Proposals;
using DataExchange.Contracts.Providers;
using DataExchange.Contracts.Records;
using DataExchange.Contracts.Scorecards;

namespace DataExchange.Contracts;

/// <summary>Generated JSON for every wire record: camelCase, unknown and duplicate members refused, required members enforced.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(RecordQuery))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(ProviderQuery))]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(ExchangeProblem))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(ConsentGiving))]
[JsonSerializable(typeof(ConsentRenewal))]
[JsonSerializable(typeof(ConsentBatch))]
[JsonSerializable(typeof(IReadOnlyList<ConsentBatchAnswer>))]
[JsonSerializable(typeof(NoticeDraft))]
[JsonSerializable(typeof(NoticeView))]
[JsonSerializable(typeof(IReadOnlyList<NoticeView>))]
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(IReadOnlyList<ConsentView>))]
[JsonSerializable(typeof(AgreementView))]
[JsonSerializable(typeof(AgreementRevisionView))]
[JsonSerializable(typeof(IReadOnlyList<AgreementView>))]
[JsonSerializable(typeof(AgreementReason))]
[JsonSerializable(typeof(AgreementExtension))]
[JsonSerializable(typeof(AgreementApproval))]
[JsonSerializable(typeof(AgreementRefusal))]
[JsonSerializable(typeof(CaseOpening))]
[JsonSerializable(typeof(CaseGathering))]
[JsonSerializable(typeof(CaseConsentRequest))]
[JsonSerializable(typeof(MyCaseDecisions))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(IReadOnlyList<CaseView>))]
[JsonSerializable(typeof(GatheredNeedView))]
[JsonSerializable(typeof(CaseGathered))]
[JsonSerializable(typeof(CaseConsents))]
[JsonSerializable(typeof(MatterStatisticsView))]
[JsonSerializable(typeof(EvidencePack))]
[JsonSerializable(typeof(CalendarYear))]
[JsonSerializable(typeof(ProposalRequest))]
[JsonSerializable(typeof(ProposalApproval))]
[JsonSerializable(typeof(ProposalRejection))]
[JsonSerializable(typeof(ProposalList))]
[JsonSerializable(typeof(ProposalView))]
[JsonSerializable(typeof(KeyRotation))]
[JsonSerializable(typeof(ClientsChange))]
[JsonSerializable(typeof(MemberView))]
[JsonSerializable(typeof(IReadOnlyList<MemberView>))]
[JsonSerializable(typeof(IReadOnlyList<MemberHistoryEntry>))]
[JsonSerializable(typeof(Scorecard))]
[JsonSerializable(typeof(IReadOnlyList<Scorecard>))]
[JsonSerializable(typeof(IReadOnlyList<OfficialScorecard>))]
[JsonSerializable(typeof(ScorecardFact))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
