"""The validators of ``python-stdnum`` that hold a check digit, by what may be tried where.

It has 213; run on every number of a text they would find one in any price (security.md, section 5).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from stdnum import luhn

Check = Callable[[str], bool]
_LETTERED = """
    es.dni es.nie it.codicefiscale mx.curp mx.rfc cl.rut cn.ric fr.nir fi.hetu in_.pan pt.cc ve.rif
    ie.pps gb.upn
"""
_DIGITS = """
    br.cpf in_.aadhaar za.idnr tr.tckimlik pl.pesel il.idnr ro.cnp cn.ric fr.nir ar.cuit gb.nhs
    nl.bsn be.nn de.idnr ec.ci do.cedula kr.rrn th.pin se.personnummer no.fodselsnummer dk.cpr cz.rc
    sk.rc gr.amka ch.ssn uy.rut co.nit bg.egn nz.ird pt.nif ua.rntrc lt.asmens ee.ik at.vnr hr.oib
    si.emso jp.in_ ca.sin ca.bc_phn is_.kennitala ru.inn id.nik au.tfn mz.nuit lv.pvn mk.edb
"""
_AFTER_A_WORD = """
    gt.nit pe.ruc ec.ruc py.ruc cl.rut fr.nif us.itin cr.cpf pk.cnic my.nric rs.pib hu.anum vn.mst
    do.rnc tn.mf gh.tin cu.ni mu.nid be.eid by.unp es.nif ch.uid dz.nif eg.tn in_.vid md.idno
"""
EMIRATES, SAUDI = 15, 10  # digits


def _checks(names: str) -> tuple[Check, ...]:
    return tuple(import_module(f"stdnum.{name}").is_valid for name in names.split())


def is_gulf(bare: str) -> bool:
    """Identity numbers of the Emirates (784…) and Saudi Arabia (1…, 2…), checked as cards are (Luhn)."""
    fits = (len(bare) == EMIRATES and bare.startswith("784")) or (len(bare) == SAUDI and bare[0] in "12")
    return fits and bool(luhn.is_valid(bare))


LETTERED = _checks(_LETTERED)
"""Tried on tokens of their form."""
DIGITS = (*_checks(_DIGITS), is_gulf)
"""Tried on nine digits and more."""
AFTER_A_WORD = (*DIGITS, *_checks(_AFTER_A_WORD))
"""Tried after a word such as *cédula*."""
