using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Providers;
using DataExchange.Contracts.Records;

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
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(IReadOnlyList<ConsentView>))]
[JsonSerializable(typeof(AgreementView))]
[JsonSerializable(typeof(AgreementRevisionView))]
[JsonSerializable(typeof(IReadOnlyList<AgreementView>))]
[JsonSerializable(typeof(AgreementReason))]
[JsonSerializable(typeof(AgreementExtension))]
[JsonSerializable(typeof(AgreementApproval))]
[JsonSerializable(typeof(AgreementRefusal))]
[JsonSerializable(typeof(CalendarYear))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
