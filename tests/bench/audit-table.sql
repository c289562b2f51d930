INSERT INTO audit (leaf, sealed) VALUES (decode(repeat('ab', 160), 'hex'), decode(repeat('cd', 600), 'hex'));
